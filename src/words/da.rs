use super::Words;

pub(super) static WORDS: Words = Words {
    progress: "Spørgsmål {} af {}",
    back: "Tilbage",
    next: "Næste",
    skip: "Spring over",
    send: "Send",
    close: "Luk",
    next_person: "Næste person",
    goes_on: "Når du vælger et svar, kommer du til næste spørgsmål.",
    thanks: "Tak!",
    failed_title: "Intet blev sendt",
    failed_text: "Denne browser kan ikke beskytte dine svar, så de blev ikke sendt. Du kan lukke vinduet.",
    what_is_sent: "Hvad sendes?",
    randomised: "Før noget forlader siden, afgør tilfældet, om dit svar eller et andet bliver indberettet. Derfor kan ingen, heller ikke vi, vide, hvad du svarede. Først blandt mange svar udligner tilfældet sig.",
    batched: "Dine svar bliver på denne enhed, indtil {} personer har svaret her. Så sendes kun deres summer.",
    nothing_yet: "Intet er sendt. Når du har svaret, kan du læse hele beskeden her, før du sender den.",
    held: "Intet sendes nu. Med dine svar har enheden {} af {}.",
    will_be_sent: "Dette, og intet andet, sendes, når du trykker på Send:",
    was_sent: "Dette, og intet andet, er sendt:",
    destination: "Det går til",
    nothing_else: "Intet navn, ingen cookie, intet præcist tidspunkt.",
};

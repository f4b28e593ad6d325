use super::Words;

pub(super) static WORDS: Words = Words {
    progress: "Fråga {} av {}",
    back: "Tillbaka",
    next: "Nästa",
    skip: "Hoppa över",
    send: "Skicka",
    close: "Stäng",
    next_person: "Nästa person",
    goes_on: "När du väljer ett svar kommer du till nästa fråga.",
    thanks: "Tack!",
    failed_title: "Inget skickades",
    failed_text: "Den här webbläsaren kan inte skydda dina svar, så de skickades inte. Du kan stänga rutan.",
    what_is_sent: "Vad skickas?",
    randomised: "Innan något lämnar sidan avgör slumpen om ditt svar eller ett annat rapporteras. Därför kan ingen, inte ens vi, veta vad du svarade. Först bland många svar jämnar slumpen ut sig.",
    batched: "Dina svar stannar på den här enheten tills {} personer har svarat här. Då skickas bara deras summor.",
    nothing_yet: "Inget har skickats. När du har svarat kan du läsa hela meddelandet här innan du skickar det.",
    held: "Inget skickas nu. Med dina svar har enheten {} av {}.",
    will_be_sent: "Det här, och inget annat, skickas när du trycker på Skicka:",
    was_sent: "Det här, och inget annat, har skickats:",
    destination: "Det går till",
    nothing_else: "Inget namn, ingen kaka, ingen exakt tid.",
};

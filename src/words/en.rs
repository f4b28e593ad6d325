use super::Words;

pub(super) static WORDS: Words = Words {
    progress: "Question {} of {}",
    back: "Back",
    next: "Next",
    skip: "Skip",
    send: "Send",
    close: "Close",
    next_person: "Next person",
    goes_on: "Choosing an answer takes you to the next question.",
    thanks: "Thank you!",
    failed_title: "Nothing was sent",
    failed_text: "This browser can't protect your answers, so they were not sent. You can close this.",
    what_is_sent: "What is sent?",
    randomised: "Before anything leaves this page, chance decides whether your answer or another one is reported. So nobody, not even we, can tell what you answered. Only among many reports does chance even out.",
    batched: "Your answers stay on this device until {} people have answered here. Then only their sums are sent.",
    nothing_yet: "Nothing has been sent. Once you have answered, you can read the whole message here before you send it.",
    held: "Nothing is sent now. With your answers the device has {} of {}.",
    will_be_sent: "This, and nothing else, is sent when you press Send:",
    was_sent: "This, and nothing else, was sent:",
    destination: "It goes to",
    nothing_else: "No name, no cookie, no exact time.",
};

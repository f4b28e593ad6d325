// The page's own texts in Swedish and Danish, keyed by the English that stands in index.html.

/** English → [Swedish, Danish]. */
const TEXTS = {
  "Aftenlund: lamps for long evenings": ["Aftenlund: lampor för långa kvällar", "Aftenlund: lamper til lange aftener"],
  "Puls demo": ["Puls-demo", "Puls-demo"],
  "Parts of the demo": ["Demosidans delar", "Demoens dele"],
  Shop: ["Butik", "Butik"],
  Intranet: ["Intranät", "Intranet"],
  Support: ["Kundtjänst", "Kundeservice"],
  Gallery: ["Galleri", "Galleri"],
  Sent: ["Skickat", "Sendt"],
  Language: ["Språk", "Sprog"],
  Theme: ["Tema", "Tema"],
  Auto: ["Auto", "Auto"],
  Light: ["Ljust", "Lyst"],
  Dark: ["Mörkt", "Mørkt"],

  Basket: ["Varukorg", "Kurv"],
  "Things in your basket": ["Saker i din varukorg", "Ting i din kurv"],
  "Autumn in the workshop": ["Höst i verkstaden", "Efterår på værkstedet"],
  "Light for long evenings": ["Ljus för långa kvällar", "Lys til lange aftener"],
  "Lamps and household things made to be kept. We blow the glass, turn the wood and mend what breaks, for as long as you own it.":
    [
      "Lampor och saker för hemmet, gjorda för att hålla. Vi blåser glaset, svarvar träet och lagar det som går sönder, så länge du äger det.",
      "Lamper og ting til hjemmet, lavet til at holde. Vi puster glasset, drejer træet og reparerer det, der går i stykker, så længe du ejer det.",
    ],
  "See the collection": ["Se kollektionen", "Se kollektionen"],
  "The collection": ["Kollektionen", "Kollektionen"],
  "A room at dusk: a glass pendant and a table lamp glow over a sideboard, and behind the window the hills turn blue.":
    [
      "Ett rum i skymningen: en glaspendel och en bordslampa lyser över en skänk, och utanför fönstret blir kullarna blå.",
      "En stue i skumringen: en glaspendel og en bordlampe lyser over en skænk, og uden for vinduet bliver bakkerne blå.",
    ],
  "A round pendant of opal glass": ["En rund pendel av opalglas", "En rund pendel af opalglas"],
  "A table lamp with a wide amber cap": [
    "En bordslampa med en bred, bärnstensfärgad hatt",
    "En bordlampe med en bred, ravgul hat",
  ],
  "A floor lamp with a linen shade beside an armchair": [
    "En golvlampa med linneskärm bredvid en fåtölj",
    "En standerlampe med hørskærm ved siden af en lænestol",
  ],
  "A stoneware carafe and two cups in the morning sun": [
    "En karaff och två muggar av stengods i morgonsolen",
    "En karaffel og to kopper af stentøj i morgensolen",
  ],
  "Pendant, opal glass": ["Pendel, opalglas", "Pendel, opalglas"],
  "Table lamp, amber glass": ["Bordslampa, bärnstensglas", "Bordlampe, ravgult glas"],
  "Floor lamp, linen shade": ["Golvlampa, linneskärm", "Standerlampe, hørskærm"],
  "Carafe and cups, stoneware": ["Karaff och muggar, stengods", "Karaffel og kopper, stentøj"],
  "€149": ["1 690 kr", "1.099 kr."],
  "€119": ["1 350 kr", "889 kr."],
  "€289": ["3 290 kr", "2.149 kr."],
  "€64": ["730 kr", "479 kr."],
  "Put Måne in the basket": ["Lägg Måne i varukorgen", "Læg Måne i kurven"],
  "Put Kantarell in the basket": ["Lägg Kantarell i varukorgen", "Læg Kantarell i kurven"],
  "Put Fyr in the basket": ["Lägg Fyr i varukorgen", "Læg Fyr i kurven"],
  "Put Kilde in the basket": ["Lägg Kilde i varukorgen", "Læg Kilde i kurven"],
  "Mended for life.": ["Lagas hela livet.", "Repareres hele livet."],
  "Send it back broken, get it back whole.": [
    "Skicka den trasig, få tillbaka den hel.",
    "Send den ind, når den er gået i stykker, og få den hel tilbage.",
  ],
  "Thirty evenings to try.": ["Trettio kvällar på prov.", "Tredive aftener på prøve."],
  "A lamp has to be seen at home.": ["En lampa måste ses hemma.", "En lampe skal ses derhjemme."],
  "Old lamps come home.": ["Gamla lampor får komma hem.", "Gamle lamper kommer hjem."],
  "We take them in, and pass them on.": [
    "Vi tar emot dem och låter dem gå vidare.",
    "Vi tager imod dem og giver dem videre.",
  ],
  "How the question about recommending is embedded": [
    "Så är frågan om rekommendation inbäddad",
    "Sådan er spørgsmålet om anbefaling indlejret",
  ],
  "A script tag in the page's head. Two seconds after the page has loaded, a small dialogue opens in the corner.": [
    "En skripttagg i sidans huvud. Två sekunder efter att sidan har laddats öppnas en liten ruta i hörnet.",
    "Et script-tag i sidens hoved. To sekunder efter at siden er indlæst, åbner en lille boks i hjørnet.",
  ],

  "Aftenlund inside · Billing": ["Aftenlund inifrån · Fakturering", "Aftenlund indefra · Fakturering"],
  "Good morning, everyone": ["God morgon, allihop", "Godmorgen, alle sammen"],
  News: ["Nyheter", "Nyheder"],
  Monday: ["Måndag", "Mandag"],
  Tuesday: ["Tisdag", "Tirsdag"],
  Wednesday: ["Onsdag", "Onsdag"],
  "The new invoices go out in two languages. Thank you, Ines and Jonas.": [
    "De nya fakturorna går ut på två språk. Tack, Ines och Jonas.",
    "De nye fakturaer bliver sendt ud på to sprog. Tak, Ines og Jonas.",
  ],
  "The workshop is open to all of us on Thursday at three. There will be cake.": [
    "På torsdag klockan tre är verkstaden öppen för oss alla. Det blir tårta.",
    "På torsdag klokken tre er værkstedet åbent for os alle. Der er kage.",
  ],
  "The reminder letters are kinder now. Four customers have written to say so.": [
    "Påminnelsebreven är vänligare nu. Fyra kunder har hört av sig om det.",
    "Rykkerbrevene er venligere nu. Fire kunder har skrevet for at sige det.",
  ],
  "Lunch today": ["Dagens lunch", "Dagens frokost"],
  "Celeriac soup with browned butter, and rye bread from the bakery on the corner.": [
    "Rotsellerisoppa med brynt smör, och rågbröd från bageriet på hörnet.",
    "Knoldsellerisuppe med brunet smør og rugbrød fra bageren på hjørnet.",
  ],
  "Team tablet: this week's pulse": ["Teamets surfplatta: veckans puls", "Teamets tablet: ugens puls"],
  "The pulse opens here.": ["Pulsen öppnas här.", "Pulsen åbner her."],
  "How the pulse is embedded": ["Så är pulsen inbäddad", "Sådan er pulsen indlejret"],
  "An element where the survey should stand. The tablet adds up five colleagues' answers before it sends anything.": [
    "Ett element där enkäten ska stå. Surfplattan lägger ihop svaren från fem kollegor innan den skickar något.",
    "Et element dér, hvor undersøgelsen skal stå. Teamets tablet lægger svarene fra fem kolleger sammen, før den sender noget.",
  ],

  "Customer care": ["Kundtjänst", "Kundeservice"],
  "We are here, and we know the lamps": ["Vi finns här, och vi kan lamporna", "Vi er her, og vi kender lamperne"],
  "Everyone who answers has worked in the workshop. Weekdays from eight to six.": [
    "Alla som svarar har arbetat i verkstaden. Vardagar från åtta till sex.",
    "Alle, der svarer, har arbejdet på værkstedet. Hverdage fra otte til seks.",
  ],
  "How the questions after the chat are embedded": [
    "Så är frågorna efter chatten inbäddade",
    "Sådan er spørgsmålene efter chatten indlejret",
  ],
  "The button that ends the chat calls Puls, and says by a code who helped. Nobody's name is sent.": [
    "Knappen som avslutar chatten anropar Puls och anger med en kod vem som hjälpte till. Inget namn skickas.",
    "Knappen, der afslutter chatten, kalder Puls og angiver med en kode, hvem der hjalp. Intet navn sendes.",
  ],
  "Freja from the workshop": ["Freja från verkstaden", "Freja fra værkstedet"],
  "Usually answers within a minute": ["Svarar oftast inom en minut", "Svarer som regel inden for et minut"],
  "The conversation so far": ["Samtalet hittills", "Samtalen indtil nu"],
  "Hi! The glass of my Måne came with a tiny crack. Can it be mended?": [
    "Hej! Glaset till min Måne hade en liten spricka när det kom. Går det att laga?",
    "Hej! Glasset til min Måne havde en lille revne, da det kom. Kan det repareres?",
  ],
  "Hello, and I'm sorry about that. A crack in opal glass can't be mended, so you get a new globe from us.": [
    "Hej, vad tråkigt att höra! En spricka i opalglas går inte att laga, så du får en ny glob av oss.",
    "Hej, det er jeg ked af at høre. En revne i opalglas kan ikke repareres, så du får en ny kuppel af os.",
  ],
  "It leaves here tomorrow. Keep the cord and the ceiling cup, they fit.": [
    "Den går härifrån i morgon. Behåll sladden och takkoppen, de passar.",
    "Den sendes herfra i morgen. Behold ledningen og loftrosetten, de passer.",
  ],
  "That was quick! Do I send the old one back?": [
    "Det gick snabbt! Ska jag skicka tillbaka den gamla?",
    "Det gik hurtigt! Skal jeg sende den gamle tilbage?",
  ],
  "Please do, in the same box. We melt it down, and it becomes someone's lamp again.": [
    "Gärna, i samma kartong. Vi smälter ner den, så blir den någons lampa igen.",
    "Ja tak, i den samme kasse. Vi smelter den om, så den bliver til en lampe hos en anden.",
  ],
  "Lovely. Thank you, Freja.": ["Fint. Tack, Freja!", "Dejligt. Tak, Freja!"],
  "You ended the conversation.": ["Du avslutade samtalet.", "Du afsluttede samtalen."],
  "End conversation": ["Avsluta samtalet", "Afslut samtalen"],
  "Rate the conversation": ["Betygsätt samtalet", "Bedøm samtalen"],

  "For developers": ["För utvecklare", "For udviklere"],
  "What just left this page": ["Det som just lämnade sidan", "Det, der lige har forladt siden"],
  "Nothing yet. Answer one of the three surveys, and you see here exactly what was posted.": [
    "Inget än. Svara på någon av de tre enkäterna, så ser du här exakt vad som skickades.",
    "Ikke noget endnu. Svar på en af de tre undersøgelser, så ser du her præcis, hvad der blev sendt.",
  ],
  "The tablet's counts stay in this browser until five people have answered.": [
    "Surfplattans summor stannar i den här webbläsaren tills fem personer har svarat.",
    "Teamets tal bliver i denne browser, indtil fem personer har svaret.",
  ],
  "{n} people's answers, added up on the tablet. No row stands for one person.": [
    "{n} personers svar, hoplagda på surfplattan. Ingen rad står för en enskild person.",
    "{n} personers svar, lagt sammen på teamets tablet. Ingen række står for én person.",
  ],
  "One person's answers, randomised before they left the page's memory. Each may or may not be the true one; only many together tell something.":
    [
      "En persons svar, slumpmässigt ändrade innan de lämnade sidans minne. Vart och ett kan vara det sanna eller inte; bara många tillsammans säger något.",
      "Én persons svar, tilfældigt ændret, før de forlod sidens hukommelse. Hvert af dem kan være det sande eller ej; kun mange tilsammen siger noget.",
    ],
  "See the results": ["Se resultaten", "Se resultaterne"],
  "Forget and start over": ["Glöm och börja om", "Glem og begynd forfra"],
  "The latest release": ["Det senast skickade", "Det senest sendte"],
  "Aftenlund is made up; the surveys are real. Net Promoter® and NPS® are registered trademarks of Bain & Company, Inc., NICE Systems, Inc. and Fred Reichheld.":
    [
      "Aftenlund är påhittat, men enkäterna är på riktigt. Net Promoter® och NPS® är registrerade varumärken som tillhör Bain & Company, Inc., NICE Systems, Inc. och Fred Reichheld.",
      "Aftenlund er opdigtet, men undersøgelserne er rigtige. Net Promoter® og NPS® er registrerede varemærker tilhørende Bain & Company, Inc., NICE Systems, Inc. og Fred Reichheld.",
    ],
};

const COLUMNS = { sv: 0, da: 1 };

/** The text in the page's language, or the English itself where there is none. */
export const t = (english) => TEXTS[english]?.[COLUMNS[document.documentElement.lang]] ?? english;

const squeeze = (text) => text.replace(/\s+/g, " ").trim();

/** Puts the page's texts, labels and picture descriptions into `language`. */
export function translatePage(language) {
  if (!(language in COLUMNS)) return;
  document.title = t(document.title);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const english = squeeze(walker.currentNode.nodeValue);
    if (english in TEXTS) walker.currentNode.nodeValue = t(english);
  }
  for (const element of document.querySelectorAll("[aria-label], img[alt]")) {
    const name = element.hasAttribute("alt") ? "alt" : "aria-label";
    element.setAttribute(name, t(element.getAttribute(name)));
  }
}

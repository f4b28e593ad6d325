// One of the gallery's surveys on a page of its own: which one, and how, stands in the address.

const asked = new URLSearchParams(location.search);
const survey = document.createElement("puls-survey");
for (const name of ["survey", "display", "lang", "theme", "preset"]) {
  const value = asked.get(name);
  // An id or a name; an address of somebody else's survey is neither.
  if (value && /^[a-z0-9-]+$/i.test(value)) survey.setAttribute(name, value);
}
survey.setAttribute("trigger", "load");
survey.setAttribute("recontact", "0");
const theme = asked.get("theme");
document.documentElement.style.colorScheme = ["light", "dark"].includes(theme) ? theme : "light dark";
document.querySelector("main").append(survey);

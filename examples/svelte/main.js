import { configure } from "puls-survey";
import { mount } from "svelte";
import Order from "./Order.svelte";

configure({ origin: "https://surveys.example.com" });
mount(Order, { target: document.getElementById("app") });

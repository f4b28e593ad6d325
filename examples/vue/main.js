import { configure } from "puls-survey";
import { createApp } from "vue";
import Order from "./Order.vue";

configure({ origin: "https://surveys.example.com" });
createApp(Order).mount("#app");

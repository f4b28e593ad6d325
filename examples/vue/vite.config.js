import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

// All that Vue has to know of the element: it isn't one of its components.
const isCustomElement = (tag) => tag === "puls-survey";

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } })],
});

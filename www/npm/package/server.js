// Where there is no page, as on a server that renders components: the same names, which do nothing.

export const configure = () => {};
export const definePuls = () => {};
export const puls = () => {};
export class PulsSurvey {}

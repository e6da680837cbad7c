/** plotly.js has types for its whole bundle only; this is what we use of its core. */
declare module 'plotly.js/lib/core' {
  const Plotly: {
    react(element: HTMLElement, data: readonly object[], layout: object, config: object): Promise<unknown>
    purge(element: HTMLElement): void
    register(modules: readonly object[]): void
    toImage(figure: object, options: object): Promise<string>
  }
  export default Plotly
}

declare module 'plotly.js/lib/contour' {
  const contour: object
  export default contour
}

declare module 'plotly.js/lib/heatmap' {
  const heatmap: object
  export default heatmap
}

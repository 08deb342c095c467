/** What is used of jstat, which comes without types. */
declare module 'jstat' {
  const jstat: {
    normal: { inv(probability: number, mean: number, deviation: number): number };
    studentt: { inv(probability: number, degreesOfFreedom: number): number };
  };
  export default jstat;
}

/**
 * Runs in the browser of a kiosk. Nobody touched anything for a minute: ask; half a minute later: back to the start,
 * without a way back in the history. A page that the browser kept in memory is asked for anew.
 */
export const idleScript = `
(() => {
  const askAfter = 60000, leaveAfter = 90000;
  let asking, leaving;
  const warning = () => document.getElementById('kiosk-warning');
  const start = () => {
    clearTimeout(asking);
    clearTimeout(leaving);
    const box = warning();
    if (box) box.hidden = true;
    asking = setTimeout(() => { if (warning()) warning().hidden = false; }, askAfter);
    leaving = setTimeout(() => location.replace(warning().dataset.start), leaveAfter);
  };
  for (const event of ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove']) addEventListener(event, start, { passive: true });
  addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });
  addEventListener('DOMContentLoaded', start);
})();`;

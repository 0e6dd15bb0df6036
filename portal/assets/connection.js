/* What to do when the server cannot answer a page's requests: log in again, or wait and come back. */
(function () {
  "use strict";
  const DATABASE_DOWN = "The database does not answer. The page will come back by itself.";
  const SERVER_DOWN = "The portal does not answer. The page will come back by itself.";
  const SECONDS_BETWEEN_TRIES = 5;
  const ask = window.fetch.bind(window);
  let isLeaving = false;
  let isWaiting = false;

  function logIn() {
    if (isLeaving) return;
    isLeaving = true;
    window.location.assign("/login?next=" + encodeURIComponent(window.location.pathname + window.location.search));
  }

  function show(sentence) {
    const notice = document.createElement("p");
    notice.className = "connection-notice";
    notice.setAttribute("role", "status");
    document.body.append(notice);
    notice.textContent = sentence;
  }

  async function isBack() {
    try {
      return (await ask("/readyz", { cache: "no-store" })).ok;
    } catch (_unreachable) {
      return false;
    }
  }

  async function comeBack() {
    if (await isBack()) window.location.reload();
    else window.setTimeout(comeBack, SECONDS_BETWEEN_TRIES * 1000);
  }

  function wait(sentence) {
    if (isWaiting || isLeaving) return;
    isWaiting = true;
    show(sentence);
    window.setTimeout(comeBack, SECONDS_BETWEEN_TRIES * 1000);
  }

  window.addEventListener("pagehide", function () {
    isLeaving = true;
  });

  window.fetch = async function (resource, options) {
    let response;
    try {
      response = await ask(resource, options);
    } catch (error) {
      if (error.name !== "AbortError") wait(SERVER_DOWN);
      throw error;
    }
    if (response.status === 401) logIn();
    if (response.status === 503) wait(DATABASE_DOWN);
    return response;
  };
})();

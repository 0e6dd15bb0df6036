/* Sends a file piece by piece, so that each request is small and guarded like any other, and shows how far it is. */
(function () {
  "use strict";
  const PIECE = 524288;
  const LARGEST = 200000000;

  function formOf(target) {
    return target && target.closest ? target.closest(".upload-form") : null;
  }

  function tell(form, words) {
    form.querySelector(".upload-told").textContent = words;
  }

  async function post(address, token, body) {
    const answer = await fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, body: body });
    if (answer.ok) return answer.json();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = page.querySelector("main p, .error-page p, p");
    throw new Error(said ? said.textContent.trim() : "The file was refused.");
  }

  async function send(form, file) {
    if (form.dataset.busy) return;
    if (file.size > LARGEST) return tell(form, "The file is larger than 200 MB.");
    const address = form.getAttribute("action");
    const token = form.querySelector("[name=csrf_token]").value;
    form.dataset.busy = "yes";
    try {
      const rows = form.querySelector("[name=rows]").value;
      const begin = new URLSearchParams({ name: file.name, size: String(file.size), rows: rows });
      const upload = address + "/" + (await post(address, token, begin)).number;
      for (let place = 0; place * PIECE < file.size; place += 1) {
        const piece = file.slice(place * PIECE, (place + 1) * PIECE);
        await post(upload + "/pieces/" + place, token, new Blob([piece], { type: "application/octet-stream" }));
        tell(form, "Sending: " + Math.round((100 * Math.min((place + 1) * PIECE, file.size)) / file.size) + " %");
      }
      window.location.assign((await post(upload + "/whole", token, new URLSearchParams())).address);
    } catch (error) {
      delete form.dataset.busy;
      tell(form, error.message);
    }
  }

  document.addEventListener("change", function (event) {
    const form = formOf(event.target);
    if (form && event.target.type === "file" && event.target.files.length) send(form, event.target.files[0]);
  });
  ["dragover", "dragleave", "drop"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      const form = formOf(event.target);
      if (!form) return;
      event.preventDefault();
      form.classList.toggle("is-over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) send(form, event.dataTransfer.files[0]);
    });
  });
})();

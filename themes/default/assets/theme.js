// Made by lwnindex. A convenience of the page for lost addresses, which is whole without it.
(function () {
  "use strict";

  /** Says on the page for lost addresses which one was asked for. */
  function nameTheAddress() {
    const asked = document.getElementById("page:asked");
    if (asked) {
      asked.textContent = location.pathname;
    }
  }

  nameTheAddress();
})();

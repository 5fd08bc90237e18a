// Sums that people see while they type; the server decides. Fields: [data-harga] (price of a piece) fills the amount of
// money until somebody writes their own; [data-bagi] are the parts of the month's account in #hitungan.
(function () {
  'use strict';
  var d = document;
  // A figure as people write it; NaN where the server would have to ask.
  function baca(teks) {
    var t = (teks || '').replace(/^\s*Rp\.?|\s/gi, '');
    if (!t) return 0;
    return /^\d+$|^\d{1,3}(\.\d{3})+$/.test(t) ? Number(t.replace(/\./g, '')) : NaN;
  }
  function tulis(n) { return String(Math.abs(n)).replace(/\B(?=(\d{3})+$)/g, '.'); }
  function rupiah(n) { return isNaN(n) ? '–' : (n < 0 ? '−' : '') + 'Rp' + tulis(n); }

  function isiNilai(e) {
    var nilai = e.form.elements.nilai, n = baca(e.value) * Number(e.dataset.harga);
    if (!nilai || (nilai.value && nilai.value !== nilai.dataset.usul)) return;
    nilai.value = nilai.dataset.usul = n > 0 ? tulis(n) : '';
  }
  function hitung() {
    var h = d.getElementById('hitungan'), n = {};
    d.querySelectorAll('[data-bagi]').forEach(function (e) { n[e.dataset.bagi] = baca(e.value); });
    var untung = Number(h.dataset.omzet) - n.biaya, dibagi = n.premi + n.pnbp + n.operasional;
    var hasil = { biaya: n.biaya, untung: untung, dibagi: dibagi, belum: untung - dibagi };
    d.querySelectorAll('[data-hasil]').forEach(function (e) { e.textContent = rupiah(hasil[e.dataset.hasil]); });
  }
  d.addEventListener('input', function (e) {
    if (e.target.dataset.harga) isiNilai(e.target);
    if (e.target.dataset.bagi) hitung();
  });
})();

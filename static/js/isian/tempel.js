// Paste of a block from Excel or Sheets: right and down from the cell with the cursor; one step takes it all back.
// Texts are pasted as they are: the server reads the numbers and asks back what can be read in two ways.
const { form, sel, baca, pasang, selDari, jadwalkan } = window.isian;
const papan = document.getElementById('tempelan'), kabar = document.getElementById('kabar-tempel');
let sebelum = null, segar = false; // what the cells held before the last paste; whether nothing was typed since

// Tab-separated text as Excel writes it: a field with tabs, line ends or quotes stands in quotes, "" is a quote.
function uraikan(teks) {
  const baris = [[]];
  const pola = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/gy;
  for (let m; (m = pola.exec(teks));) {
    baris[baris.length - 1].push((m[1] !== undefined ? m[1].replace(/""/g, '"') : m[2]).trim());
    if (!m[3]) break;
    if (m[3] !== '\t') baris.push([]);
  }
  const akhir = baris[baris.length - 1];
  if (baris.length > 1 && akhir.length === 1 && !akhir[0]) baris.pop(); // Excel ends every row, also the last one
  return baris;
}
// A choice is found by what is shown or by its code; null when there is none.
function cocok(isian, teks) {
  if (!isian.options) return isian.tagName === 'TEXTAREA' ? teks : teks.replace(/\s*[\r\n]+\s*/g, ' ');
  const kecil = teks.toLowerCase();
  const pilih = [...isian.options].find(o => o.value && (o.text.toLowerCase() === kecil || o.value.toLowerCase() === kecil));
  return pilih ? pilih.value : null;
}
// The cells of a row from a column on. In a cross table every column counts, also one without a cell in this row;
// beside single items stand other columns (last month, range), which do not.
const kotakBaris = (tr, kolom) => [...tr.cells].filter(td =>
  td.cellIndex >= kolom && (td.classList.contains('sel') || td.closest('.tabel-silang')));

function tempel(awal, blok) {
  const hasil = { ditempel: 0, hitungan: 0, kosong: 0, luar: 0 };
  let tr = awal.parentNode;
  blok.forEach(baris => {
    const tujuan = tr ? kotakBaris(tr, awal.cellIndex) : [];
    baris.forEach((teks, n) => { hasil[satu(tujuan[n], teks)] += 1; });
    tr = tr && tr.nextElementSibling;
  });
  return hasil;
}
function satu(td, teks) {
  if (!teks) return 'kosong';
  if (!td || !td.dataset.alamat) return 'luar';
  const alamat = td.dataset.alamat, c = sel.get(alamat);
  if (!c.isi) return 'hitungan';
  const nilai = cocok(c.isi, teks);
  if (nilai === null) return 'luar';
  sebelum.set(alamat, baca(c));
  pasang(alamat, [nilai, 'isi', baca(c)[1] === 'isi' ? baca(c)[2] : ''], true);
  return 'ditempel';
}
function umumkan(h) {
  kabar.textContent = [
    h.ditempel + ' sel ditempel', h.luar && h.luar + ' sel tidak muat', h.hitungan && h.hitungan + ' sel hitungan dilewati',
    h.kosong && h.kosong + ' sel kosong dilewati',
  ].filter(Boolean).join(', ') + '.';
  papan.hidden = false;
  document.getElementById('batal-tempel').hidden = !h.ditempel;
}
form.addEventListener('paste', e => {
  const alamat = selDari(e.target), td = e.target.closest('td.sel');
  const teks = e.clipboardData ? e.clipboardData.getData('text/plain') : '';
  if (!alamat || !td || e.target !== sel.get(alamat).isi || !/[\t\r\n]/.test(teks.replace(/[\r\n]+$/, ''))) return; // one value: an ordinary paste
  if (e.target.tagName === 'TEXTAREA' && !teks.includes('\t')) return;
  e.preventDefault();
  const blok = uraikan(teks);
  if (window.isian.tempelDaftar && window.isian.tempelDaftar(td, teks, blok.length)) return; // it needs new rows
  sebelum = new Map();
  umumkan(tempel(td, blok));
  segar = true;
  jadwalkan(0);
});
// Also after the paste was saved: restoring is a save like any other, on the versions the server has by now.
function batalkan() {
  if (!sebelum) return;
  const jumlah = sebelum.size;
  sebelum.forEach((nilai, alamat) => pasang(alamat, nilai, true));
  sebelum = null; segar = false;
  kabar.textContent = 'Tempelan dibatalkan: ' + jumlah + ' sel kembali seperti semula.';
  document.getElementById('batal-tempel').hidden = true;
  jadwalkan(0);
}
document.getElementById('batal-tempel').addEventListener('click', batalkan);
form.addEventListener('input', () => { segar = false; });
form.addEventListener('keydown', e => {
  if (!segar || e.key.toLowerCase() !== 'z' || !(e.ctrlKey || e.metaKey) || e.shiftKey) return;
  e.preventDefault();
  batalkan();
});

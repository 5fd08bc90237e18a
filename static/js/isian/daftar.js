// Line lists on the section page: Enter moves down the column and adds a row at the end; a paste that needs more
// rows goes to its preview. Adding needs the server: without a connection nothing typed is lost, the page says so.
const { form, sel, semuaIsian, pindah, tetangga, kenali, kabari, token, antre } = window.isian;
const PENUH = 25; // rows of one window; the next row opens the next one, so that the page stays light

const acak = () => Date.now().toString(36) + Math.random().toString(36).slice(2, 12);
const tombol = tabel => form.querySelector('[data-tambah="' + tabel.dataset.daftar + '"]');
let sedang = false, kunci = ''; // one key until the server has answered: a press that is repeated adds one row

async function tambah(tabel, kolom) {
  const b = tombol(tabel);
  if (sedang) return;
  if (tabel.tBodies[0].rows.length >= PENUH || !tabel.hasAttribute('data-ujung')) { b.click(); return; }
  sedang = true;
  kunci = kunci || acak();
  let jawab = { status: 0 }, isi = {};
  try {
    jawab = await fetch(b.formAction, {
      method: 'POST', credentials: 'same-origin', redirect: 'error',
      headers: { Accept: 'application/json', 'X-CSRFToken': token() }, body: new URLSearchParams({ kunci }),
    });
    isi = await jawab.json();
  } catch (e) { jawab = { status: 0 }; }
  sedang = false;
  if (jawab.ok && isi.html !== undefined) { kunci = ''; pasang(tabel, isi, kolom); return; }
  if (jawab.status && jawab.status < 500) kunci = '';
  kabari(isi.pesan || 'Baris belum ditambah karena tidak ada sambungan. Ketikan Anda tetap di halaman ini; '
    + 'tekan “Tambah baris” lagi setelah tersambung.');
}
function pasang(tabel, isi, kolom) {
  if (!document.getElementById('b-' + isi.baris)) tabel.tBodies[0].insertAdjacentHTML('beforeend', isi.html);
  const tr = document.getElementById('b-' + isi.baris), bagian = tabel.closest('section');
  tr.querySelectorAll('[data-alamat]').forEach(kenali);
  bagian.querySelector('[data-jumlah]').textContent = isi.jumlah;
  const kosong = bagian.querySelector('[data-kosong]');
  if (kosong) kosong.remove();
  kabari('Baris ' + isi.jumlah + ' ditambahkan.' + (antre.size ? ' ' + antre.size + ' sel belum terkirim.' : ''));
  const td = tr.cells[kolom] && tr.cells[kolom].dataset.alamat ? tr.cells[kolom] : tr.cells[1];
  sel.get(td.dataset.alamat).isi.focus();
}

form.addEventListener('click', e => {
  const b = e.target.closest('[data-tambah]');
  if (!b || !e.isTrusted) return; // a press by the script itself goes to the server as a page
  const tabel = form.querySelector('table[data-daftar="' + b.dataset.tambah + '"]');
  if (tabel.tBodies[0].rows.length >= PENUH || !tabel.hasAttribute('data-ujung')) return;
  e.preventDefault();
  tambah(tabel, 1);
});

// Before the keys of the other cells: here a choice moves on with Enter too, and the last row makes a new one.
form.addEventListener('keydown', e => {
  const td = e.target.closest('.tabel-daftar td.sel');
  if (!td || e.key !== 'Enter' || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
  if (e.target !== sel.get(td.dataset.alamat).isi || (e.target.tagName === 'TEXTAREA' && e.shiftKey)) return;
  e.preventDefault();
  e.stopImmediatePropagation();
  const tr = td.parentNode, tuju = e.shiftKey ? tr.previousElementSibling : tr.nextElementSibling;
  if (tuju) pindah(sel.get(tuju.cells[td.cellIndex].dataset.alamat).isi, e);
  else if (e.shiftKey) pindah(tetangga(e.target, -1), e);
  else tambah(td.closest('table'), td.cellIndex);
}, true);

// A paste that reaches below the last row shown: the server lays it out, shows how it reads, and adds rows on one press.
window.isian.tempelDaftar = (td, teks, banyak) => {
  const tabel = td.closest('.tabel-daftar');
  if (!tabel) return false;
  const baris = [...tabel.tBodies[0].rows], sisa = baris.length - baris.indexOf(td.parentNode);
  if (banyak <= sisa) return false;
  const kode = tabel.dataset.daftar, [, id, kolom] = td.dataset.alamat.split('/');
  document.getElementById('t-' + kode).value = teks;
  form.elements['tm|' + kode].value = id + '/' + kolom;
  form.querySelector('[value="tempel:' + kode + '"]').click();
  return true;
};
// What stays in the text box begins at the end of the list again, unless it came from a cell.
form.addEventListener('input', e => {
  if (e.target.name && e.target.name.startsWith('tempel|')) form.elements['tm|' + e.target.name.slice(7)].value = '';
});
const awal = location.hash.startsWith('#b-') && document.querySelector(location.hash + ' td.sel');
if (awal && semuaIsian().length) sel.get(awal.dataset.alamat).isi.focus();

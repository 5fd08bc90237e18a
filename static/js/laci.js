// Details in a drawer: the same page as the link a[data-laci], its part only. Without this script the link is followed.
// window.laci.dulu runs before details are fetched; a page whose typing they show sets it.
let kotak, isi, asal;
function buatKotak() {
  kotak = document.createElement('dialog');
  kotak.className = 'laci';
  kotak.setAttribute('aria-label', 'Rincian butir');
  isi = document.createElement('div');
  isi.className = 'susun'; isi.setAttribute('aria-live', 'polite');
  kotak.append(tombol('Tutup', () => kotak.close()), isi);
  kotak.addEventListener('close', () => { isi.textContent = ''; if (asal) asal.focus(); });
  document.body.append(kotak);
}
function tombol(teks, aksi) {
  const b = document.createElement('button');
  b.type = 'button'; b.className = 'tombol tombol-kedua tombol-kecil'; b.textContent = teks;
  b.addEventListener('click', aksi);
  return b;
}
async function buka(url, dari) {
  if (!kotak) buatKotak();
  asal = dari;
  if (!kotak.open) kotak.showModal();
  isi.textContent = 'Memuat rincian…';
  try {
    await window.laci.dulu();
    const jawab = await fetch(url + (url.includes('?') ? '&' : '?') + 'potongan=1', { credentials: 'same-origin', redirect: 'error' });
    if (!jawab.ok) throw new Error(String(jawab.status));
    isi.innerHTML = await jawab.text();
  } catch (g) { gagal(url, dari); }
}
function gagal(url, dari) {
  const p = document.createElement('p'), a = document.createElement('a');
  p.textContent = 'Rincian tidak dapat dimuat. Isian Anda tidak terpengaruh.';
  a.href = url; a.textContent = 'Buka sebagai halaman';
  isi.replaceChildren(p, tombol('Coba lagi', () => buka(url, dari)), a);
}
document.addEventListener('click', e => {
  const a = e.target.closest('a[data-laci]');
  if (!a || e.ctrlKey || e.metaKey || e.shiftKey) return;
  e.preventDefault();
  // last month's figure under a cell of a cross table is a way in for the mouse: the cursor returns to the field
  buka(a.href, (a.classList.contains('lalu') && a.closest('td').querySelector('[data-sel]')) || a);
});
window.laci = { buka, dulu: () => null };

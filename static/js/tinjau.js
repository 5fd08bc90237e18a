// Review page: notes, ticks and flags are saved in place. The page works without it; details open by laci.js.
// Parts that an act may change carry data-segar and an id; after an act they are taken from the page the server sends.
const isi = document.getElementById('isi');
const kabari = teks => { const p = document.getElementById('kabar-tinjau'); if (p) p.textContent = teks; };
const halaman = teks => new DOMParser().parseFromString(teks, 'text/html');

// A form in which something is typed stays; everything else shows what the server says now.
const terketik = el => [...el.querySelectorAll('textarea, input:not([type=hidden])')].some(x => x.value !== x.defaultValue);
function segarkan(baru, asal) {
  document.querySelectorAll('[data-segar]').forEach(lama => {
    const ganti = baru.getElementById(lama.id);
    if (lama !== asal && terketik(lama)) return;
    if (ganti) {
      const buka = lama.tagName === 'DETAILS' && lama.open;
      lama.replaceWith(document.adoptNode(ganti));
      if (buka) document.getElementById(lama.id).open = true;
    }
  });
}
const rekatkan = tempat => { const x = document.getElementById(tempat); return x && (x.querySelector('[data-tulis]') || x.querySelector('button, a')); };

// ---- the form for a note opens in its row ----
isi.addEventListener('click', async e => {
  const b = e.target.closest('[data-tulis]');
  if (!b) return;
  e.preventDefault();
  const wadah = b.closest('[data-segar]');
  try {
    const jawab = await fetch(b.formAction.split('#')[0], { credentials: 'same-origin', redirect: 'error' });
    if (!jawab.ok) throw new Error(String(jawab.status));
    const ganti = halaman(await jawab.text()).getElementById(wadah.id);
    if (!ganti) throw new Error('?');
    wadah.replaceWith(document.adoptNode(ganti));
    const kotak = document.getElementById(wadah.id).querySelector('.tulis-catatan textarea');
    if (kotak) kotak.focus({ preventScroll: true });
  } catch (g) { location.href = b.formAction; }
});
isi.addEventListener('click', e => {
  const a = e.target.closest('[data-tutup]');
  if (!a) return;
  e.preventDefault();
  const wadah = a.closest('[data-segar]');
  a.closest('form').remove();
  if (wadah) location.hash = wadah.id;
});

// ---- saving in place ----
async function kirim(form) {
  const wadah = form.closest('[data-segar]'), tombol = form.querySelector('button');
  const papan = form.querySelector('[role=status]');
  tombol.disabled = true;
  try {
    const jawab = await fetch(form.action, { method: 'POST', body: new FormData(form), credentials: 'same-origin' });
    const baru = halaman(await jawab.text());
    if (!jawab.ok) {
      const galat = baru.querySelector('#ringkasan-galat li, #ringkasan-galat p, main p');
      throw new Error(galat ? galat.textContent.trim() : 'Tidak tersimpan. Coba lagi.');
    }
    segarkan(baru, wadah);
    kabari('Tersimpan.');
    const tuju = wadah && rekatkan(wadah.id);
    if (tuju) tuju.focus({ preventScroll: true });
    return true;
  } catch (g) {
    tombol.disabled = false;
    const pesan = g instanceof TypeError ? 'Belum tersimpan: tidak ada sambungan. Ketikan Anda masih di sini.' : g.message;
    if (papan) papan.textContent = pesan;
    kabari(pesan);
    return false;
  }
}
isi.addEventListener('submit', e => {
  if (!e.target.matches('[data-petik]') && !(e.target.closest('.utas') && e.target.closest('[data-segar]'))) return;
  e.preventDefault();
  kirim(e.target);
});

// ---- the decision first saves a note that is still open; another view does not lose what was typed ----
const putusan = document.getElementById('putusan');
let lewat = false;
isi.addEventListener('submit', async e => {
  if (e.target !== putusan || lewat) return;
  const terbuka = [...document.querySelectorAll('.tulis-catatan')].filter(terketik), tombol = e.submitter;
  const keputusan = tombol && tombol.value !== 'tampil';
  const ketikan = [...putusan.elements].some(x => (x.tagName === 'TEXTAREA' || x.tagName === 'SELECT') && x.value);
  if (!terbuka.length && (keputusan || ketikan)) return;
  e.preventDefault();
  for (const form of terbuka) if (!await kirim(form)) { form.scrollIntoView({ block: 'center' }); return; }
  if (!keputusan && !ketikan) { location.href = tombol.formAction; return; }
  lewat = true;
  putusan.requestSubmit(tombol);
});
addEventListener('beforeunload', e => {
  if ([...document.querySelectorAll('.tulis-catatan')].some(terketik)) { e.preventDefault(); e.returnValue = ''; }
});

/**
 * What a recording's own notes say of the state. Only what a note is about is told, never its words: they are whatever a
 * technician typed, names among them, and what the card shows may travel with a mark.
 */
import { plainWords } from '../../interchange/common/vocabulary.ts'

export type NoteTopic =
  | 'hyperventilationBegins'
  | 'hyperventilationEnds'
  | 'eyesOpen'
  | 'eyesClosed'
  | 'photic'
  | 'lightsOff'
  | 'lightsOn'
  | 'wake'
  | 'drowsy'
  | 'sleep'
  | 'N1'
  | 'N2'
  | 'N3'
  | 'REM'
  | 'movement'
  | 'video'

export const TOPICS: Readonly<Record<NoteTopic, string>> = {
  hyperventilationBegins: 'Hyperventilation',
  hyperventilationEnds: 'End of hyperventilation',
  eyesOpen: 'Eyes open',
  eyesClosed: 'Eyes closed',
  photic: 'Photic stimulation',
  lightsOff: 'Lights off',
  lightsOn: 'Lights on',
  wake: 'Awake',
  drowsy: 'Drowsy',
  sleep: 'Asleep',
  N1: 'Stage N1',
  N2: 'Stage N2',
  N3: 'Stage N3',
  REM: 'Stage REM',
  movement: 'Movement',
  video: 'Video',
}

const OVERBREATHING =
  /\b(?:hyper ?ventil\w*|iperventil\w*|hiperventil\w*|hiperwentyl\w*|hv|hpn|over ?breath\w*|mehratmung|hyperpnoe|hyperpnee)\b/
const ENDS =
  /\b(?:end\w*|stop\w*|off|post|after|over|ende|beendet|nach|aus|fin|arret|apres|final|fim|termin\w*|despues|depois|dopo|fine|einde|na|koniec|po|slut|efter)\b/

/** English beside German, French, Spanish, Portuguese, Italian, Dutch, Polish and Swedish; tried in order. */
const WORDS: readonly { readonly pattern: RegExp; readonly topic: NoteTopic }[] = [
  { pattern: /\bvideo\b|\bwideo\b/, topic: 'video' },

  {
    pattern:
      /\b(?:photic|photo ?stim\w*|fotostim\w*|foto ?stim\w*|ips|sli|flimmer\w*|flicker\w*|strobo\w*|flash\w*|lichtreiz\w*|ljusstim\w*)\b/,
    topic: 'photic',
  },
  {
    pattern:
      /\b(?:stimulation lumineuse|estimulacion luminosa|estimulacao luminosa|stimolazione luminosa|fotostymulac\w*)\b/,
    topic: 'photic',
  },

  {
    pattern:
      /\b(?:lights? (?:off|out)|licht (?:aus|uit)|lumieres? (?:eteintes?|off)|luces? apagadas?|luz apagada|luzes apagadas|luci spente|luce spenta|swiatlo (?:zgaszone|wylaczone)|ljuset? slackt|lampan? slackt)\b/,
    topic: 'lightsOff',
  },
  {
    pattern:
      /\b(?:lights? on|licht (?:an|aan)|lumieres? (?:allumees?|on)|luces? encendidas?|luz acesa|luzes acesas|luci accese|swiatlo (?:zapalone|wlaczone)|ljuset? tant)\b/,
    topic: 'lightsOn',
  },

  // Openings in other words for `eyes open`, `closed`; short forms of technicians (EO, AZ).
  {
    pattern:
      /\beyes? (?:are )?(?:open\w*)|\beo\b|\baugen (?:auf|offen|geoffnet)|\baugenoffnen\b|\byeux ouverts?|\bojos abiertos|\bolhos abertos|\bocchi aperti|\bogen open|\boczy otwarte|\bogon oppna|\bouverture des yeux|\bapertura (?:ojos|occhi)|\babertura dos olhos/,
    topic: 'eyesOpen',
  },
  {
    pattern:
      /\beyes? (?:are )?(?:clos\w*|shut)|\bec\b|\baugen (?:zu|geschlossen)|\baugenschlu(?:ss|s)\b|\byeux fermes?|\bojos cerrados|\bolhos fechados|\bocchi chiusi|\bogen (?:dicht|gesloten)|\boczy zamkniete|\bogon (?:slutna|stangda)|\bfermeture des yeux|\bcierre (?:de )?ojos|\bfechamento dos olhos|\bchiusura occhi/,
    topic: 'eyesClosed',
  },

  // Scorings: `Sleep stage N1` (EDF+), `Sleep stage 2` (Rechtschaffen and Kales), `Stadium N2`, `Stade N3`.
  {
    pattern:
      /\b(?:sleep )?(?:stage|stadium|schlafstadium|stade|fase|estadio|stadio|slaapstadium|faza|stadie|somnstadium) ?(?:w|0|wake|wach)\b|^w$/,
    topic: 'wake',
  },
  {
    pattern:
      /\b(?:stage|stadium|schlafstadium|stade|fase|estadio|stadio|slaapstadium|faza|stadie|somnstadium) ?(?:n ?1|1|s1)\b|^n1$/,
    topic: 'N1',
  },
  {
    pattern:
      /\b(?:stage|stadium|schlafstadium|stade|fase|estadio|stadio|slaapstadium|faza|stadie|somnstadium) ?(?:n ?2|2|s2)\b|^n2$/,
    topic: 'N2',
  },
  {
    pattern:
      /\b(?:stage|stadium|schlafstadium|stade|fase|estadio|stadio|slaapstadium|faza|stadie|somnstadium) ?(?:n ?3|3|4|s3|s4)\b|^n[34]$/,
    topic: 'N3',
  },
  {
    pattern:
      /\b(?:stage|stadium|schlafstadium|stade|fase|estadio|stadio|slaapstadium|faza|stadie|somnstadium) ?(?:r|rem)\b|^rem$|\brem ?(?:sleep|schlaf)\b|\bsommeil paradoxal\b|\bsueno rem\b|\bsono rem\b|\bsonno rem\b|\bremslaap\b|\bsen rem\b|\bremsomn\b/,
    topic: 'REM',
  },

  {
    pattern:
      /\b(?:drows\w*|sleepy|schlafrig|mude|dosig|somnolen\w*|somnolient\w*|endormissement|adormecid\w*|sonolen\w*|sonnolen\w*|assopit\w*|slaperig|soezerig|senny|sennosc|dasig|somnig)\b/,
    topic: 'drowsy',
  },
  {
    pattern:
      /\b(?:awake|wach|wachheit|eveil\w*|reveille\w*|despiert\w*|vigilia|acordad\w*|desperto|sveglio|sveglia|veglia|wakker|czuwanie|obudz\w*|vaken)\b/,
    topic: 'wake',
  },
  {
    pattern:
      /\b(?:asleep|sleeps|sleeping|falls? asleep|schlaft|eingeschlafen|schlaf|einschlafen|dort|endormi\w*|sommeil|duerme|dormid\w*|sueno|dorme|dormindo|sono|addormentat\w*|sonno|slaapt|slaap|in slaap|spi|zasypia|sen|sover|somn|sleep)\b/,
    topic: 'sleep',
  },

  {
    pattern:
      /\b(?:mov(?:es?|ed|ing|ement\w*)|bewegt|bewegung\w*|bouge|mouvement\w*|movimient\w*|moviment\w*|beweging\w*|beweegt|ruch\w*|rorelse\w*|ror sig|jerk\w*|twitch\w*|zuck\w*)\b/,
    topic: 'movement',
  },
]

/** null for what says nothing of the state. */
export function topicOf(text: string): NoteTopic | null {
  const plain = plainWords(text.slice(0, 200))
  if (OVERBREATHING.test(plain)) return ENDS.test(plain) ? 'hyperventilationEnds' : 'hyperventilationBegins'
  // `Sleep stage ?`: scored as not to be told.
  if (/^(?:sleep )?stage$/.test(plain)) return null
  return WORDS.find(({ pattern }) => pattern.test(plain))?.topic ?? null
}

"""What trackers call their columns and their states, in the languages that they speak.

Names are compared without case, accents, spaces and punctuation.
"""

from collections.abc import Mapping
from typing import Final, Literal
from unicodedata import combining, normalize

from assess.patterns import pattern

ColumnKind = Literal[
    "title", "state", "category", "resolution", "done", "done-on", "due", "owner", "email"
]
TrackedState = Literal["open", "begun", "done", "dropped"]

_NO_LETTER: Final = pattern(r"[^\w%]+|_")


def plain_word(text: str) -> str:
    """Return a name or a state in the form in which they are compared."""
    parts = normalize("NFKD", text).casefold()
    return _NO_LETTER.sub("", "".join(letter for letter in parts if not combining(letter)))


def _list(names: str) -> frozenset[str]:
    return frozenset(plain_word(name) for name in names.split("\n"))


COLUMNS: Final[Mapping[ColumnKind, frozenset[str]]] = {
    "title": _list(
        "name\ntask name\ntask\ntitle\nsummary\nsubject\ncard name\nitem\nto-do\n"
        "titel\naufgabe\naufgabenname\nvorgang\nzusammenfassung\nthema\n"
        "nom\nnom de la tâche\ntâche\ntitre\nrésumé\n"
        "nombre\nnombre de la tarea\ntarea\ntítulo\nresumen\n"
        "nome\nattività\ntitolo\nriepilogo\nnome attività\n"
        "nome da tarefa\ntarefa\nresumo\n"
        "naam\ntaak\ntaaknaam\nsamenvatting\nonderwerp"
    ),
    "state": _list(
        "status\nstate\nstage\nprogress\ntask status\nissue status\n"
        "zustand\nfortschritt\nbearbeitungsstand\n"
        "statut\nétat\nprogression\navancement\n"
        "estado\nprogreso\nsituación\n"
        "stato\navanzamento\n"
        "situação\nprogresso\n"
        "voortgang"
    ),
    "category": _list("status category\nstatuskategorie\ncatégorie de statut"),
    "resolution": _list("resolution\nlösung\nrésolution\nresolución\nrisoluzione\nresolução"),
    "done": _list(
        "done\ncompleted\ncomplete\nis completed\nfinished\nclosed\n"
        "erledigt\nfertig\nabgeschlossen\nterminé\nfait\nachevé\nhecho\ncompletado\ncompletada\n"
        "terminado\nfatto\ncompletato\nfeito\nconcluído\ngereed\nvoltooid"
    ),
    "done-on": _list(
        "completed at\ncompleted on\ncompleted date\ncompletion date\ndate completed\n"
        "resolved\nresolved on\nresolution date\nclosed at\nclosed date\ndone on\nfinished on\n"
        "erledigt am\nabgeschlossen am\nfertiggestellt am\nabschlussdatum\n"
        "terminé le\ndate d'achèvement\nachevé le\nrésolu\n"
        "completado el\nfecha de finalización\nterminado el\n"
        "completato il\ndata di completamento\nconcluído em\ndata de conclusão\n"
        "voltooid op\ngereed op"
    ),
    "due": _list(
        "due date\ndue\ndue on\ndue by\ndeadline\ntarget date\nfinish\nfinish date\nend date\n"
        "fällig\nfällig am\nfälligkeitsdatum\nfälligkeit\ntermin\nfrist\nenddatum\nbis\n"
        "échéance\ndate d'échéance\ndate limite\npour le\n"
        "vencimiento\nfecha de vencimiento\nfecha límite\nfecha de entrega\n"
        "scadenza\ndata di scadenza\n"
        "vencimento\ndata de vencimento\nprazo\ndata de entrega\n"
        "einddatum\nvervaldatum\nuiterste datum"
    ),
    "owner": _list(
        "assignee\nassigned to\nassignees\nowner\nresponsible\nresponsible person\nassigned\n"
        "zugewiesen an\nzuständig\nzuständige person\nverantwortlich\nbearbeiter\nbearbeitet von\n"
        "assigné à\nattribué à\nresponsable\npersonne assignée\ncessionnaire\n"
        "asignado a\npersona asignada\nasignada a\n"
        "assegnatario\nassegnato a\nresponsabile\n"
        "responsável\natribuído a\nresponsavel\n"
        "toegewezen aan\neigenaar\nverantwoordelijke"
    ),
    "email": _list(
        "assignee email\nemail\ne-mail\nemail address\nassignee e-mail\nowner email\n"
        "e-mail-adresse\nadresse e-mail\ncorreo\ncorreo electrónico\nindirizzo e-mail\n"
        "e-mailadres"
    ),
}

STATES: Final[Mapping[TrackedState, frozenset[str]]] = {
    "done": _list(
        "done\nclosed\ncomplete\ncompleted\nresolved\nfinished\nfixed\nshipped\nyes\ny\ntrue\nx\n"
        "1\n100\n100%\n"
        "erledigt\nfertig\nabgeschlossen\ngeschlossen\ngelöst\nja\nwahr\n"
        "terminé\nterminée\nfini\nfermé\nrésolu\nfait\nachevé\noui\nvrai\n"
        "hecho\ncompletado\ncompletada\nterminado\nterminada\ncerrado\nfinalizado\nfinalizada\n"
        "listo\nresuelto\nsí\nverdadero\n"
        "fatto\ncompletato\ncompletata\nchiuso\nrisolto\nterminata\nvero\n"
        "feito\nconcluído\nconcluída\nfechado\nresolvido\nsim\nverdadeiro\n"
        "gereed\nklaar\nvoltooid\ngesloten\nopgelost\nwaar"
    ),
    "begun": _list(
        "in progress\ndoing\nstarted\nbegun\nongoing\nactive\nwip\nworking on it\nin review\n"
        "review\nin testing\ntesting\nunder review\nin development\n"
        "in arbeit\nin bearbeitung\nbegonnen\nwird ausgeführt\nin prüfung\n"
        "en cours\ncommencé\nen révision\nen cours de révision\n"
        "en curso\nen progreso\nen proceso\nempezado\nen revisión\n"
        "in corso\niniziato\nin revisione\n"
        "em andamento\nem progresso\niniciado\nem revisão\n"
        "bezig\nin uitvoering\nmee bezig\nin behandeling"
    ),
    "open": _list(
        "to do\ntodo\nopen\nbacklog\nnew\nnot started\nselected for development\nready\nreopened\n"
        "planned\nup next\nblocked\non hold\nwaiting\nstuck\nunresolved\nno\nn\nfalse\n0\n0%\n"
        "incomplete\nnot done\nunassigned\n"
        "offen\nzu erledigen\nneu\nnicht begonnen\nnicht gestartet\ngeplant\nblockiert\nwartet\n"
        "nein\nfalsch\nnicht erledigt\n"
        "à faire\nouvert\nouverte\nnouveau\nnon commencé\nnon démarré\nbloqué\nen attente\nnon\n"
        "faux\n"
        "por hacer\npendiente\nabierto\nnuevo\nsin empezar\nno iniciado\nno iniciada\nbloqueado\n"
        "en espera\nfalso\n"
        "da fare\naperto\nnuovo\nnon iniziato\nbloccato\nin attesa\n"
        "a fazer\npendente\naberto\nnovo\nnão iniciado\nnão iniciada\nnão\n"
        "te doen\nnieuw\nniet gestart\nnog niet gestart\ngeblokkeerd\nnee\nonwaar"
    ),
    "dropped": _list(
        "won't do\nwont do\nwill not do\nwon't fix\nwontfix\ncancelled\ncanceled\nrejected\n"
        "declined\nabandoned\nduplicate\nobsolete\nnot doing\ndropped\ninvalid\ncannot reproduce\n"
        "verworfen\nabgebrochen\nabgelehnt\nwird nicht erledigt\nnicht erledigen\nstorniert\n"
        "annulé\nannulée\nabandonné\nabandonnée\nrejeté\nne sera pas fait\nrefusé\n"
        "cancelado\ncancelada\ndescartado\ndescartada\nrechazado\nno se hará\n"
        "annullato\nannullata\nscartato\nrifiutato\nnon verrà eseguito\n"
        "rejeitado\nnão será feito\n"
        "geannuleerd\nvervallen\nafgewezen\nwordt niet gedaan"
    ),
}

STATE_OF: Final[Mapping[str, TrackedState]] = {
    word: state for state, words in STATES.items() for word in words
}
SIGNS: Final[Mapping[str, TrackedState]] = {"✓": "done", "✔": "done", "☑": "done", "☐": "open"}


def read_state(text: str) -> TrackedState | None:
    """Return what a state means for a task, or None where nobody knows it."""
    return SIGNS.get(text.strip()) or STATE_OF.get(plain_word(text))

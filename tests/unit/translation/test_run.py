"""What one request asks of the models, and what it makes of their answers."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from core.errors import APIError, BadRequest, RateLimited, TooLarge, timed_out
from core.ports import Call, Reply
from storage import ledger
from storage.translations import recent
from support.fakes import FakeSleep, ports, request, run
from support.translators import LLM, M2M100, Translators, instruction_of, respelt
from translation.job import Job, Translations
from translation.languages.locales import Locale, find_locale
from translation.service import translate_job
from translation.text.terms import Glossary
from workers_ai.client import BACKOFF

LOOP = "that's it, " * 20


def locale(code: str) -> Locale:
    found = find_locale(code)
    assert found
    return found


def words(count: int, start: int = 0) -> list[str]:
    """As many texts, none of them like another."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [f"word {letters[n // 26]}{letters[n % 26]}" for n in range(start, start + count)]


def translate(
    ai: Translators,
    *texts: str,
    source: str = "en",
    target: str = "fr",
    engine: str = "auto",
    sleep: FakeSleep | None = None,
    **job: Any,
) -> Translations:
    asked = Job(list(texts), locale(target), locale(source), **job)
    made = ports(ai, TRANSLATION_ENGINE=engine)._replace(sleep=sleep or FakeSleep())
    return run(translate_job(asked, made, request("POST", "/translate")))


def refused(ai: Translators, *texts: str, **options: Any) -> APIError:
    with pytest.raises(APIError) as caught:
        translate(ai, *texts, **options)
    return caught.value


# --- calls --------------------------------------------------------------------------------------


def test_makes_six_calls_at_a_time_and_remembers_them_before_the_next() -> None:
    """A client that does not wait for the rest pays only for that when it asks again."""
    known: list[int] = []

    class Watched(Translators):
        async def run(self, *calls: Call) -> list[Reply]:
            known.append(len(recent))
            assert len(calls) <= 6
            return await super().run(*calls)

    done = translate(Watched(), *words(83), engine="llm")
    assert known == [0, 60]
    assert len(done.texts) == 83
    assert len(recent) == 83


class Late(Translators):
    """Of these models every call is late. ``rounds_of`` are the models of the rounds of calls."""

    def __init__(self, *late: str) -> None:
        super().__init__()
        self.late = late
        self.rounds_of: list[str] = []

    async def run(  # type: ignore[override]
        self, *calls: Call
    ) -> Sequence[Reply | APIError]:
        self.rounds_of.append(calls[0].model)
        replies = await super().run(*calls)
        return [timed_out()] * len(calls) if calls[0].model in self.late else replies


def test_the_other_engine_helps_out_where_one_is_late() -> None:
    ai = Late(LLM)
    assert len(translate(ai, *words(20)).texts) == 20
    assert [*dict.fromkeys(ai.rounds_of)] == [LLM, M2M100]


def test_a_late_model_is_asked_once() -> None:
    """Or a client would wait for as many timeouts as its texts take rounds of calls."""
    ai = Late(M2M100, LLM)
    error = refused(ai, *words(83))
    assert (error.status, error.code) == (504, "upstream_timeout")
    assert ai.rounds_of == [LLM, M2M100]


def test_m2m100_gets_each_distinct_sentence_once() -> None:
    ai = Translators()
    done = translate(ai, "One. Two.", "Two.", "Two. One.\nOne.")
    assert ai.batches == [["One."], ["Two."]]
    assert ai.asked == [M2M100, M2M100]
    assert done.texts == [
        "[fr] One. [fr] Two.",
        "[fr] Two.",
        "[fr] Two. [fr] One.\n[fr] One.",
    ]
    assert done.headers == {"x-model-served": M2M100}


def test_a_text_model_gets_each_distinct_text_once_in_batches() -> None:
    ai = Translators()
    texts = words(23)
    done = translate(ai, *texts, texts[0], engine="llm")
    assert [len(batch) for batch in ai.batches] == [10, 10, 3]
    assert done.texts == [f"[French] {text}" for text in [*texts, texts[0]]]
    assert done.headers == {"x-model-served": LLM}


def test_makes_no_call_without_a_letter_to_translate() -> None:
    ai = Translators()
    texts = ["", " ", "12", "{0}", "https://example.com"]
    done = translate(ai, *texts)
    assert done.texts == texts
    assert done.headers == {}
    assert not ai.calls


def test_rejects_jobs_of_more_than_45_calls_before_the_first() -> None:
    ai = Translators()
    error = refused(ai, *words(46), engine="m2m100")
    assert isinstance(error, TooLarge)
    assert error.status == 413
    assert "46 calls" in error.message
    assert "45" in error.message
    assert not ai.calls
    assert ledger.isolate_usage == {}
    translate(ai, *words(45), engine="m2m100")
    assert len(ai.calls) == 45


def test_the_limit_is_of_all_languages_of_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "translation.languages.detection.detect", lambda texts: ("en", 1.0, "latin")
    )
    monkeypatch.setattr(
        "translation.languages.detection.differing_language",
        lambda text, _: "ru" if text[0] == "д" else None,
    )
    texts = [*words(23), *(f"да {word[5:]}" for word in words(23))]
    job = Job(texts, locale("fr"))
    ai = Translators()
    with pytest.raises(TooLarge):
        run(translate_job(job, ports(ai, TRANSLATION_ENGINE="m2m100"), request("POST", "/")))
    assert not ai.calls


def test_the_limit_does_not_count_what_is_remembered() -> None:
    ai = Translators()
    translate(ai, *words(30), engine="m2m100")
    translate(ai, *words(60), engine="m2m100")
    assert len(ai.calls) == 60
    translate(ai, *words(60), engine="m2m100")
    assert len(ai.calls) == 60


def test_retries_stay_within_the_limit() -> None:
    # 40 calls of ten texts, each of which leaves out all but the first: 360 to be asked alone.
    ai = Translators(content=lambda data, answered: '{"11": "[French] ' + data["11"] + '"}')
    error = refused(ai, *words(400), engine="llm")
    assert (error.status, error.code) == (503, "translation_incomplete")
    assert error.headers == {"retry-after": "1"}
    assert [len(batch) for batch in ai.batches] == [10] * 40 + [1] * 5
    # What is done is remembered, so the same once more goes on from there.
    refused(ai, *words(400), engine="llm")
    assert [len(batch) for batch in ai.batches[45:]] == [10] * 35 + [5] + [1] * 9


def test_reports_an_incomplete_translation_without_remaining_calls() -> None:
    ai = Translators(content=lambda data, answered: json.dumps(data))
    texts = [f"they went to the house of {word}" for word in words(400)]
    assert refused(ai, *texts).code == "translation_incomplete"
    assert len(ai.calls) == 45


def test_the_last_calls_may_be_just_enough() -> None:
    ai = Translators(content=lambda data, answered: '{"11": "[French] ' + data["11"] + '"}')
    texts = words(45)
    assert translate(ai, *texts, engine="llm").texts == [f"[French] {text}" for text in texts]
    assert len(ai.calls) == 45


def test_a_failing_service_is_called_at_most_45_times() -> None:
    for engine in ("m2m100", "llm", "auto"):
        ai, sleep = Translators(translate=lambda text, target: 3043), FakeSleep()
        texts = words(45 if engine == "m2m100" else 400)
        error = refused(ai, *texts, engine=engine, sleep=sleep)
        assert error.status == 502
        assert len(ai.calls) == 45
        # With nothing left to be asked there is nothing to wait for.
        assert sleep.waited == ([] if engine == "m2m100" else [BACKOFF])


def test_first_calls_of_every_language_go_before_retries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "translation.languages.detection.detect", lambda texts: ("en", 1.0, "latin")
    )
    monkeypatch.setattr(
        "translation.languages.detection.differing_language",
        lambda text, _: "ru" if text[0] == "д" else None,
    )
    texts = [*words(40), *(f"да {word[5:]}" for word in words(5))]
    ai = Translators(dict.fromkeys(words(40), 3043))
    job = Job(texts, locale("fr"))
    with pytest.raises(APIError):
        run(translate_job(job, ports(ai, TRANSLATION_ENGINE="m2m100"), request("POST", "/")))
    assert sorted(ai.texts) == sorted(texts)


# --- what is wrong goes to the other engine ------------------------------------------------------


def test_a_rejected_sentence_alone_goes_to_the_text_model() -> None:
    ai = Translators(m2m100={"Two.": LOOP})
    done = translate(ai, "One. Two. Three.")
    assert done.texts == ["[fr] One. [French] Two. [fr] Three."]
    assert ai.batches == [["One."], ["Two."], ["Three."], ["Two."]]
    assert done.headers == {"x-model-served": f"{M2M100}, {LLM}"}


@pytest.mark.parametrize("wrong", ["", "...", LOOP, "Hello world\nok", "<b>Bonjour</b>", None])
def test_whatever_it_was_rejected_for(wrong: str | None) -> None:
    ai = Translators(m2m100={"hello big world": wrong})
    assert translate(ai, "hello big world").texts == ["[French] hello big world"]


def test_a_text_that_the_text_model_gets_wrong_goes_to_m2m100_in_sentences() -> None:
    ai = Translators(llm={"One <1>big</1> cat. Two.": "Un chat. Deux."})
    done = translate(ai, "One <b>big</b> cat. Two.")
    assert done.texts == ["[fr] One <b>[fr] big</b> [fr] cat. [fr] Two."]
    assert ai.batches == [["One <1>big</1> cat. Two."], ["One"], ["big"], ["cat."], ["Two."]]


def test_with_the_text_model_alone_it_gets_the_pieces_between_masks() -> None:
    ai = Translators({"One <1>big</1> cat. Two.": "Un chat. Deux."})
    done = translate(ai, "One <b>big</b> cat. Two.", engine="llm")
    assert done.texts == ["[French] One <b>[French] big</b> [French] cat. Two."]


def test_only_what_no_engine_can_translate_stays_as_it_was() -> None:
    ai = Translators({"Two.": LOOP})
    done = translate(ai, "One. Two. Three.", "Four")
    assert done.texts == ["[fr] One. Two. [fr] Three.", "[fr] Four"]


def test_nothing_translated_is_an_error() -> None:
    for engine in ("auto", "m2m100", "llm"):
        ai = Translators(translate=lambda text, target: LOOP)
        error = refused(ai, "Hello", "12", engine=engine)
        assert isinstance(error, BadRequest)
        assert error.status == 422
        assert error.code == "not_translated"


def test_the_source_is_no_translation() -> None:
    ai = Translators(translate=lambda text, target: text)
    error = refused(ai, "this is what they said")
    assert error.code == "not_translated"


def test_a_missing_term_goes_to_m2m100_with_the_term_taken_out() -> None:
    glossary = Glossary("1", {"fox": "renard"})
    ai = Translators(llm={"a quick fox runs": "un goupil court"})
    done = translate(ai, "a quick fox runs", glossary=glossary)
    assert done.texts == ["[fr] a quick renard [fr] runs"]
    assert "fox = renard" in instruction_of(ai.calls[0])


def test_a_text_of_nothing_but_terms_costs_nothing() -> None:
    ai = Translators()
    done = translate(ai, "Fox", engine="m2m100", glossary=Glossary("1", {"fox": "renard"}))
    assert done.texts == ["renard"]
    assert not ai.calls


# --- what an answer leaves out -------------------------------------------------------------------


def without(*texts: str) -> Translators:
    """A text model that leaves these out where there are others."""

    def content(data: dict[str, str], answered: str) -> str:
        kept = {key: value for key, value in json.loads(answered).items() if data[key] not in texts}
        return json.dumps(kept)

    return Translators(content=content)


def test_retries_alone_only_what_an_answer_leaves_out() -> None:
    texts = words(12)
    ai = without(texts[3], texts[10])
    done = translate(ai, *texts, engine="llm")
    assert done.texts == [f"[French] {text}" for text in texts]
    assert ai.batches == [texts[:10], texts[10:], [texts[3]], [texts[10]]]


def test_retries_one_of_two_texts_that_was_left_out() -> None:
    ai = without("word b")
    assert translate(ai, "word a", "word b", engine="llm").texts[1] == "[French] word b"
    assert ai.batches == [["word a", "word b"], ["word b"]]


def test_retries_one_by_one_after_an_answer_without_translations() -> None:
    texts = words(4)
    ai = without(*texts)
    assert translate(ai, *texts, engine="llm").texts == [f"[French] {text}" for text in texts]
    assert ai.batches == [texts, *([text] for text in texts)]


def test_retries_left_out_texts_after_m2m100() -> None:
    texts = words(3)
    ai = without(texts[1])
    ai.m2m100 = dict.fromkeys(texts, LOOP)
    done = translate(ai, *texts)
    assert done.texts == [f"[French] {text}" for text in texts]
    assert ai.batches[3:] == [texts, [texts[1]]]


def test_does_not_retry_what_the_guards_reject() -> None:
    texts = words(3)
    ai = Translators(llm={texts[1]: LOOP})
    done = translate(ai, *texts, quality=True)
    assert ai.batches == [texts, [texts[1]]]
    assert ai.asked == [LLM, M2M100]
    assert done.texts[1] == f"[fr] {texts[1]}"


# --- errors of the service -----------------------------------------------------------------------


def test_falls_back_at_once_from_a_busy_engine() -> None:
    sleep = FakeSleep()
    ai = Translators(m2m100={"Two.": 3040})
    assert translate(ai, "One. Two.", sleep=sleep).texts == ["[fr] One. [French] Two."]
    assert ai.asked == [M2M100, M2M100, LLM]
    assert sleep.waited == []


def test_retries_a_busy_text_model_after_a_pause_then_falls_back() -> None:
    sleep = FakeSleep()
    ai = Translators(llm={"Hello": 3040})
    assert translate(ai, "Hello", quality=True, sleep=sleep).texts == ["[fr] Hello"]
    assert ai.asked == [LLM, LLM, M2M100]
    assert sleep.waited == [BACKOFF]


@pytest.mark.parametrize(("engine", "model"), [("m2m100", M2M100), ("llm", LLM)])
def test_retries_the_only_engine(engine: str, model: str) -> None:
    answers: list[object] = [3043, "Bonjour"]
    ai = Translators({"Hello": lambda text, target: answers.pop(0)})
    assert translate(ai, "Hello", engine=engine).texts == ["Bonjour"]
    assert ai.asked == [model, model]


def test_a_service_that_fails_is_an_error_even_where_something_is_translated() -> None:
    ai = Translators({"Two.": 3040})
    error = refused(ai, "One. Two.")
    assert isinstance(error, RateLimited)
    assert error.code == "capacity_exceeded"
    # What is done is not asked again.
    ai = Translators()
    assert translate(ai, "One. Two.").texts == ["[fr] One. [fr] Two."]
    assert ai.batches == [["Two."]]


ECHO = "This is what they said."


@pytest.mark.parametrize("texts", [[ECHO], [ECHO, "Two."]])
@pytest.mark.parametrize("quality", [False, True])
@pytest.mark.parametrize(
    ("m2m100", "llm"), [(ECHO, 3043), (None, 3043), (3043, ECHO), (None, ECHO), (LOOP, 3043)]
)
def test_a_text_that_one_engine_failed_for_and_the_other_got_wrong_is_a_failure(
    m2m100: object, llm: object, quality: bool, texts: list[str]
) -> None:
    ai = Translators(m2m100={ECHO: m2m100}, llm={ECHO: llm})
    error = refused(ai, *texts, quality=quality)
    assert (error.status, error.code) == (502, "upstream_error")


@pytest.mark.parametrize("quality", [False, True])
def test_a_failure_for_a_whole_text_is_one_for_its_parts(quality: bool) -> None:
    text = "One <b>big</b> cat. Two."
    ai = Translators(m2m100={"cat.": LOOP}, llm={"One <1>big</1> cat. Two.": 3043, "cat.": 3043})
    assert refused(ai, text, quality=quality).status == 502


def test_a_failure_is_forgotten_when_the_engine_has_answered() -> None:
    answers: list[object] = [3043, LOOP]
    ai = Translators(m2m100={"Two.": LOOP}, llm={"Two.": lambda text, target: answers.pop(0)})
    assert translate(ai, "One. Two.").texts == ["[fr] One. Two."]


def test_exhausted_neurons_end_the_request_at_once() -> None:
    ai = Translators({"Two.": 3036})
    error = refused(ai, "One. Two. Three.")
    assert error.code == "daily_neurons_exhausted"
    assert ai.batches == [["One."], ["Two."], ["Three."]]
    ai = Translators()
    assert translate(ai, "One. Two. Three.").texts == ["[fr] One. [fr] Two. [fr] Three."]
    assert ai.batches == [["Two."]]


def test_a_sentence_that_models_reject_stays_as_it_was() -> None:
    ai = Translators({"Two.": 3030})
    assert translate(ai, "One. Two.", engine="m2m100").texts == ["[fr] One. Two."]
    assert ai.asked == [M2M100, M2M100]


def test_retries_a_rejected_batch_one_by_one() -> None:
    texts = words(3)
    ai = Translators(llm={texts[1]: 3030})
    done = translate(ai, *texts, engine="llm")
    assert done.texts == [f"[French] {texts[0]}", texts[1], f"[French] {texts[2]}"]
    assert ai.batches == [texts, *([text] for text in texts), [texts[1]]]


def test_reports_the_rejection_if_everything_is_rejected() -> None:
    error = refused(Translators({"Hello": 3030}), "Hello")
    assert error.code == "content_policy_violation"


def test_does_not_retry_a_model_that_the_account_may_not_use() -> None:
    for code in (5007, 5035):
        ai = Translators(translate=lambda text, target, code=code: code)  # type: ignore[misc]
        error = refused(ai, *words(20), engine="llm")
        assert error.status in (403, 404)
        assert len(ai.calls) == 4


# --- variants ------------------------------------------------------------------------------------


def test_converts_translations_to_variants() -> None:
    said = {"Software": "软件头发"}
    for target, written in (("zh", "软件头发"), ("zh-TW", "軟體頭髮"), ("zh-HK", "軟件頭髮")):
        assert translate(Translators(said), "Software", target=target).texts == [written]
    cyrillic = {"Hello": "Здраво"}
    for target, written in (("sr", "Здраво"), ("sr-Latn", "Zdravo"), ("sr-Cyrl", "Здраво")):
        assert translate(Translators(cyrillic), "Hello", target=target).texts == [written]


def test_instructions_name_the_variant() -> None:
    for target, name in (("pt-BR", "Brazilian Portuguese"), ("en-GB", "British English")):
        ai = Translators()
        assert translate(ai, "Bonjour", source="fr", target=target).texts == [f"[{name}] Bonjour"]
        assert f"into {name}." in instruction_of(ai.calls[0])


def test_masks_are_not_converted() -> None:
    ai = Translators(translate=respelt)
    [text] = translate(ai, "Hello <b>big</b> {x1}", target="sr-Latn").texts
    assert "<b>" in text and "{x1}" in text


# --- what is counted -----------------------------------------------------------------------------


def test_characters_and_neurons_are_counted_once_a_request() -> None:
    translate(Translators(m2m100={"Two.": LOOP}), "One. Two. 12")
    usage = run(ledger.read_usage(None, ""))
    assert usage.characters == len("One.") + len("Two.")
    assert usage.neurons > 1.5
    translate(Translators(), "One. Two. 12")
    assert run(ledger.read_usage(None, "")) == usage


def test_counts_neurons_of_rejected_translations() -> None:
    refused(Translators(translate=lambda text, target: LOOP), "Hello")
    usage = run(ledger.read_usage(None, ""))
    assert usage.characters == 0
    assert usage.neurons > 1.5

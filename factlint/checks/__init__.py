"""The registry of checks: the judgements that rules put to use, by the name that a rule calls them.

A check is a pure function of a reading and of the rule's options (its keyword-only parameters, which its
annotations describe); it yields problems in the order of the text. Each is named as the statement that should hold.
"""

from __future__ import annotations

# Name in a rule file → "module:function". Modules are imported when a rule that is on needs them.
CHECKS: dict[str, str] = {
    "ages_agree_with_facts": "factlint.checks.attributes:ages_agree_with_facts",
    "anniversaries_fit": "factlint.checks.dates:anniversaries_fit",
    "apostrophes_point_the_right_way": "factlint.checks.quotations:apostrophes_point_the_right_way",
    "avoids_wrong_forms": "factlint.checks.names:avoids_wrong_forms",
    "brackets_are_paired": "factlint.checks.quotations:brackets_are_paired",
    "capitals_agree_with_facts": "factlint.checks.attributes:capitals_agree_with_facts",
    "characters_are_not_lost": "factlint.checks.characters:characters_are_not_lost",
    "clauses_have_main_clauses": "factlint.checks.sentences:clauses_have_main_clauses",
    "common_words_are_small": "factlint.checks.capitals:common_words_are_small",
    "counts_agree_with_facts": "factlint.checks.counts:counts_agree_with_facts",
    "dashes_are_of_the_house": "factlint.checks.characters:dashes_are_of_the_house",
    "days_exist": "factlint.checks.dates:days_exist",
    "decades_have_no_apostrophe": "factlint.checks.consistency:decades_have_no_apostrophe",
    "endings_are_used_alike": "factlint.checks.consistency:endings_are_used_alike",
    "events_are_dated_as_known": "factlint.checks.events:events_are_dated_as_known",
    "expands_acronyms_as_known": "factlint.checks.acronyms:expands_acronyms_as_known",
    "expands_acronyms_at_first": "factlint.checks.acronyms:expands_acronyms_at_first",
    "figures_agree_with_facts": "factlint.checks.figures:figures_agree_with_facts",
    "forms_are_used_alike": "factlint.checks.consistency:forms_are_used_alike",
    "hyphens_are_hyphens": "factlint.checks.characters:hyphens_are_hyphens",
    "introduces_people_in_full": "factlint.checks.names:introduces_people_in_full",
    "introduces_speakers": "factlint.checks.near_misses:introduces_speakers",
    "keeps_diacritics": "factlint.checks.names:keeps_diacritics",
    "letters_are_plain": "factlint.checks.characters:letters_are_plain",
    "letters_belong_to_script": "factlint.checks.characters:letters_belong_to_script",
    "lives_are_dated_as_known": "factlint.checks.events:lives_are_dated_as_known",
    "marks_are_followed_by_space": "factlint.checks.spacing:marks_are_followed_by_space",
    "marks_are_of_one_style": "factlint.checks.quotations:marks_are_of_one_style",
    "marks_are_paired": "factlint.checks.quotations:marks_are_paired",
    "marks_follow_words": "factlint.checks.spacing:marks_follow_words",
    "marks_hug_their_words": "factlint.checks.quotations:marks_hug_their_words",
    "marks_point_the_right_way": "factlint.checks.quotations:marks_point_the_right_way",
    "marks_stand_once": "factlint.checks.spacing:marks_stand_once",
    "members_agree_with_facts": "factlint.checks.attributes:members_agree_with_facts",
    "names_have_capitals": "factlint.checks.capitals:names_have_capitals",
    "names_the_right_person": "factlint.checks.roles:names_the_right_person",
    "no_control_characters": "factlint.checks.characters:no_control_characters",
    "no_invisible_characters": "factlint.checks.characters:no_invisible_characters",
    "no_space_before_marks": "factlint.checks.spacing:no_space_before_marks",
    "paragraphs_end_with_marks": "factlint.checks.sentences:paragraphs_end_with_marks",
    "passages_stand_once": "factlint.checks.repetition:passages_stand_once",
    "past_is_past": "factlint.checks.dates:past_is_past",
    "phrases_stand_once": "factlint.checks.repetition:phrases_stand_once",
    "places_agree_with_facts": "factlint.checks.attributes:places_agree_with_facts",
    "posts_are_held": "factlint.checks.roles:posts_are_held",
    "ranges_run_forward": "factlint.checks.dates:ranges_run_forward",
    "scripts_are_not_mixed": "factlint.checks.characters:scripts_are_not_mixed",
    "sentences_are_whole": "factlint.checks.sentences:sentences_are_whole",
    "sentences_begin_with_capitals": "factlint.checks.capitals:sentences_begin_with_capitals",
    "sentences_end_in_words_that_can": "factlint.checks.sentences:sentences_end_in_words_that_can",
    "sentences_have_subjects": "factlint.checks.sentences:sentences_have_subjects",
    "sentences_have_verbs": "factlint.checks.sentences:sentences_have_verbs",
    "shortens_names_later": "factlint.checks.names:shortens_names_later",
    "spaces_are_usual": "factlint.checks.characters:spaces_are_usual",
    "speech_is_parted": "factlint.checks.spacing:speech_is_parted",
    "spells_names_alike": "factlint.checks.spellings:spells_names_alike",
    "spells_names_as_known": "factlint.checks.near_misses:spells_names_as_known",
    "statements_have_their_order": "factlint.checks.sentences:statements_have_their_order",
    "tags_agree": "factlint.checks.tags:tags_agree",
    "takes_honorifics": "factlint.checks.names:takes_honorifics",
    "text_is_decoded_rightly": "factlint.checks.characters:text_is_decoded_rightly",
    "titles_agree": "factlint.checks.titles:titles_agree",
    "titles_are_of_one_case": "factlint.checks.capitals:titles_are_of_one_case",
    "uses_house_terms": "factlint.checks.terms:uses_house_terms",
    "uses_names_of_the_time": "factlint.checks.names:uses_names_of_the_time",
    "weekdays_fit": "factlint.checks.dates:weekdays_fit",
    "weeks_agree": "factlint.checks.dates:weeks_agree",
    "words_are_apart": "factlint.checks.spacing:words_are_apart",
    "words_are_known": "factlint.checks.spelling:words_are_known",
    "words_are_spelt_rightly": "factlint.checks.spelling:words_are_spelt_rightly",
    "words_stand_once": "factlint.checks.repetition:words_stand_once",
}

# Checks that hold the texts of a run against each other. Name in a rule file → two functions, each "module:function":
# the first reads small, picklable claims from one reading, each with a span `at`; the second takes the claims of all
# documents, as (path, claim) in the order of the paths, and the rule's options, and yields (path, Problem), where the
# problem's place and its related places (each with its path) are those of claims.
RUN_CHECKS: dict[str, tuple[str, str]] = {}

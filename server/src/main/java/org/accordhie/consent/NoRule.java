package org.accordhie.consent;

import org.accordhie.vocabulary.Confidentiality;

/** What a consent comes to where none of its rules says anything. */
enum NoRule implements Finding {
    NOT_APPLICABLE(Answer.NOT_APPLICABLE, ""),
    UNCOMPUTABLE(Answer.UNCOMPUTABLE, ""),
    /** It permits other data to this requester. */
    OTHER_DATA(Answer.IMPLICIT_DENY, ROOT);

    private final Answer answer;
    private final String path;

    NoRule(Answer answer, String path) {
        this.answer = answer;
        this.path = path;
    }

    @Override
    public Answer answer() {
        return answer;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public boolean explicit() {
        return false;
    }

    @Override
    public boolean namesSensitivity(String sensitivity) {
        return false;
    }

    @Override
    public boolean namesConfidentiality(Confidentiality level) {
        return false;
    }

    @Override
    public boolean namesType(String type) {
        return false;
    }

    @Override
    public boolean touches(String sensitivity) {
        return false;
    }

    @Override
    public boolean touches(Confidentiality level) {
        return false;
    }
}

package org.accordhie.consent.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The exchange would know no rule by which to release anything, and does not start. */
final class NoPolicyInForce extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String remedy;

    NoPolicyInForce(String reason, String remedy) {
        super(reason + "; " + remedy);
        this.reason = reason;
        this.remedy = remedy;
    }

    /** Shows it as reason and remedy, in place of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<NoPolicyInForce> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, NoPolicyInForce cause) {
            return new FailureAnalysis(cause.reason, cause.remedy, rootFailure);
        }
    }
}

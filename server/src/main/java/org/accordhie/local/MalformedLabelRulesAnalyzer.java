package org.accordhie.local;

import org.accordhie.labels.MalformedLabelRules;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows what is wrong with a rule file, and where, in place of a stack trace. */
final class MalformedLabelRulesAnalyzer extends AbstractFailureAnalyzer<MalformedLabelRules> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MalformedLabelRules cause) {
        return new FailureAnalysis(
                "the label rules cannot be carried out: " + cause.getMessage(),
                "correct the file that `accord.labels.rules` names",
                rootFailure);
    }
}

package org.accordhie.benchmark.work;

import org.accordhie.benchmark.server.FhirClient.Answer;

/** A server answered, but not what it should. The records are invented, so the message may quote the answer. */
public final class WrongAnswer extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int QUOTED = 400;

    WrongAnswer(String asked, Answer answer) {
        super(asked + " is answered with " + answer.status() + " and " + answer.entries() + " resources: "
                + answer.body().substring(0, Math.min(QUOTED, answer.body().length())));
    }
}

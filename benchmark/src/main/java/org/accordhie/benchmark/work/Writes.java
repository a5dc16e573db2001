package org.accordhie.benchmark.work;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.accordhie.benchmark.records.Corpus;
import org.accordhie.benchmark.records.Renaming;
import org.accordhie.benchmark.server.FhirClient.Answer;
import org.accordhie.benchmark.server.Role;

/** The operations that write, always as the hospital that owns what it writes. Thread-safe. */
final class Writes {

    private static final int OWN = 20;
    private static final int BUNDLES = 5;
    private static final int TYPICAL = 40;
    private static final int FIRST_YEAR = 1900;
    private static final int YEARS = 100;

    private final Templates templates;
    private final List<ObjectNode> bundles;

    /** The bundles to import are those of about forty entries. */
    Writes(Corpus corpus) {
        templates = new Templates(corpus);
        bundles = corpus.originals().stream()
                .sorted(Comparator.comparingInt(
                        bundle -> Math.abs(bundle.path("entry").size() - TYPICAL)))
                .limit(BUNDLES)
                .toList();
    }

    Templates templates() {
        return templates;
    }

    Outcome create(Session session, String type) throws WrongAnswer, IOException, InterruptedException {
        var template = session.any(templates.of(type));
        var number = session.next();
        var answer =
                right(type, session.client().write(Role.WRITER, "POST", type, template.body(session.ids(), number)));
        session.own().add(new Session.Written(answer.location(), template, number));
        return new Outcome(1, answer.body().length());
    }

    /** Creates until there are a few of this client's own, then updates one of them. */
    Outcome update(Session session, String type) throws WrongAnswer, IOException, InterruptedException {
        if (session.own().size() < OWN) {
            return create(session, type);
        }
        var written = session.any(session.own());
        var body = written.template().body(session.ids(), written, FIRST_YEAR + session.below(YEARS));
        var answer = right(written.address(), session.client().write(Role.WRITER, "PUT", written.address(), body));
        return new Outcome(1, answer.body().length());
    }

    /** Deletes something of this client's own, or creates if there is nothing. */
    Outcome delete(Session session, String type) throws WrongAnswer, IOException, InterruptedException {
        if (session.own().isEmpty()) {
            return create(session, type);
        }
        var written = session.own().remove(session.below(session.own().size()));
        var answer = right(written.address(), session.client().delete(Role.WRITER, written.address()));
        return new Outcome(1, answer.body().length());
    }

    /** Imports the record of a new person in one transaction. */
    Outcome load(Session session) throws WrongAnswer, IOException, InterruptedException {
        var bundle = session.any(bundles);
        var answer = right(
                "a transaction", session.client().write(Role.WRITER, "POST", "", Renaming.of(bundle, session.next())));
        return new Outcome(bundle.path("entry").size(), answer.body().length());
    }

    private static Answer right(String what, Answer answer) throws WrongAnswer {
        if (!answer.isRight()) {
            throw new WrongAnswer("writing " + what, answer);
        }
        return answer;
    }
}

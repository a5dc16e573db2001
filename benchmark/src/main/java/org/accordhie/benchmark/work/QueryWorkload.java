package org.accordhie.benchmark.work;

import java.io.IOException;
import java.util.List;
import org.accordhie.benchmark.server.FhirClient.Answer;

/**
 * Reads and searches.
 *
 * @param name the workload's name
 * @param queries what is asked, one by chance at a time
 * @param pages how many pages to walk; each must be there
 * @param searches whether the answer is a bundle, which must not be empty
 */
record QueryWorkload(String name, List<Query> queries, int pages, boolean searches) implements Workload {

    QueryWorkload {
        queries = List.copyOf(queries);
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public List<String> addresses(Session session) {
        return queries.stream().map(query -> query.on(session.ids())).toList();
    }

    QueryWorkload with(List<Query> others) {
        return new QueryWorkload(name, others, pages, searches);
    }

    @Override
    public Outcome run(Session session) throws WrongAnswer, IOException, InterruptedException {
        return ask(session, session.any(queries));
    }

    Outcome ask(Session session, Query query) throws WrongAnswer, IOException, InterruptedException {
        var address = query.on(session.ids());
        var answer = right(session, address);
        var entries = answer.entries();
        var bytes = (long) answer.body().length();
        for (int page = 1; page < pages; page++) {
            var former = answer;
            var next = answer.next().orElseThrow(() -> new WrongAnswer("the next page of " + address, former));
            answer = right(session, next);
            entries += answer.entries();
            bytes += answer.body().length();
        }
        return new Outcome(searches ? entries : 1, bytes);
    }

    private Answer right(Session session, String address) throws WrongAnswer, IOException, InterruptedException {
        var answer = session.read(address);
        if (searches && answer.entries() == 0) {
            throw new WrongAnswer(address, answer);
        }
        return answer;
    }
}

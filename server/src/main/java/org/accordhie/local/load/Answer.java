package org.accordhie.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the exchange says to a bundle.
 *
 * @param status the HTTP status
 * @param problems a line for each problem, with the entry and path; empty if all of it is stored
 */
record Answer(int status, List<String> problems) {

    Answer {
        problems = List.copyOf(problems);
    }

    boolean isStored() {
        return problems.isEmpty();
    }

    static Answer read(int status, JsonNode body) {
        if (status / 100 != 2) {
            var issues = issues(body, "");
            return new Answer(status, issues.isEmpty() ? List.of("no OperationOutcome") : issues);
        }
        var problems = new ArrayList<String>();
        var entries = body.path("entry");
        for (int index = 0; index < entries.size(); index++) {
            var response = entries.get(index).path("response");
            var entryStatus = response.path("status").asText();
            if (!entryStatus.startsWith("2")) {
                var place = "Bundle.entry[" + index + "]";
                var issues = issues(response.path("outcome"), place);
                problems.addAll(issues.isEmpty() ? List.of(place + ": " + entryStatus) : issues);
            }
        }
        return new Answer(status, problems);
    }

    private static List<String> issues(JsonNode outcome, String place) {
        var issues = new ArrayList<String>();
        for (var issue : outcome.path("issue")) {
            var path = issue.path("expression").path(0).asText();
            var text = issue.path("diagnostics")
                    .asText(issue.path("details").path("text").asText());
            var where = place.isEmpty() ? path : path.isEmpty() ? place : place + " (" + path + ")";
            issues.add(
                    (where.isEmpty() ? "" : where + ": ") + issue.path("code").asText() + ": " + text);
        }
        return issues;
    }
}

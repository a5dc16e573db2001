package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.LAKESIDE_HOSPITAL;
import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.accordhie.exchange.Node.Request;

/**
 * New patients of the hospital, to be hidden and shown.
 *
 * @param nodes who stores them
 * @param random chooses among the nodes
 */
record ToggledPatients(Nodes nodes, Random random) {

    private static final int PATIENTS = 6;

    /** Each hidden and shown by itself. */
    List<Toggled> all() throws IOException, InterruptedException {
        var all = new ArrayList<Toggled>();
        for (int patient = 0; patient < PATIENTS; patient++) {
            var visit = Visit.of("toggled");
            push(visit);
            all.add(new ToggledConsent(visit, first("Patient", visit), first("Condition", visit)));
        }
        var labelled = Visit.of("labelled");
        push(labelled);
        all.add(new ToggledLabel(first("Condition", labelled), first("Patient", labelled)));
        var ruled = Visit.of("ruled");
        push(ruled);
        var rule = new ToggledRule(first("Procedure", ruled), first("Patient", ruled));
        // A rule is about everybody's, and the part of the history before this one may have left its own in force.
        rule.settle(query -> Caller.tree(
                nodes.persistently(random, Request.get(PRIVACY_OFFICER, query)).body()));
        all.add(rule);
        return all;
    }

    private void push(Visit visit) throws InterruptedException, IOException {
        var pulse = Visit.entry(visit.name("pulse"), "Observation", """
                {"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org",
                 "code":"8867-4"}]},"subject":{"reference":"%s"}}""".formatted(visit.name("patient")));
        var procedure = Visit.entry(visit.name("procedure"), "Procedure", """
                {"resourceType":"Procedure","status":"completed","subject":{"reference":"%s"}}""".formatted(visit.name("patient")));
        var bundle = Visit.bundleOf(visit.entries() + "," + pulse + "," + procedure);
        assertThat(nodes.persistently(random, new Request(LAKESIDE_HOSPITAL, "POST", "", bundle))
                        .status())
                .isEqualTo(200);
    }

    private String first(String type, Visit visit) throws InterruptedException, IOException {
        var by = type.equals("Patient") ? "identifier=" : "subject:Patient.identifier=";
        var answer = nodes.persistently(random, Request.get(LAKESIDE_HOSPITAL, type + "?" + by + visit.token()));
        return Found.in(Caller.tree(answer.body())).matches().get(0);
    }
}

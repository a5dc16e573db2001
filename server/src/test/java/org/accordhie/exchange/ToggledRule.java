package org.accordhie.exchange;

import static org.accordhie.exchange.Partner.PRIVACY_OFFICER;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.accordhie.exchange.Node.Answer;
import org.accordhie.exchange.Node.Request;
import org.accordhie.exchange.history.Operation.Kind;

/** All of one resource type, which a rule of the house forbids and no longer forbids. */
final class ToggledRule implements Toggled {

    private final String resource;
    private final String type;
    private final List<Way> ways;
    private String rule = "";

    /**
     * Forbids the type of a resource.
     *
     * @param resource as {@code [type]/[id]}
     * @param patient whose it is
     */
    ToggledRule(String resource, String patient) {
        this.resource = resource;
        this.type = resource.substring(0, resource.indexOf('/'));
        this.ways = List.of(
                Way.of("read", resource),
                Way.of("history", resource + "/_history"),
                Way.of("search by reference", type + "?subject=" + patient),
                Way.of("count", type + "?_summary=count&subject=" + patient));
    }

    @Override
    public String name() {
        return resource;
    }

    @Override
    public Write next(Random random) {
        return rule.isEmpty()
                ? new Write(
                        Kind.REVOKE,
                        "POST rule",
                        new Request(PRIVACY_OFFICER, "POST", "Consent", Policies.never(Policies.type(type))))
                : new Write(Kind.GRANT, "DELETE rule", new Request(PRIVACY_OFFICER, "DELETE", "Consent/" + rule, ""));
    }

    @Override
    public void done(Write write, Answer answer) {
        rule = write.kind() == Kind.GRANT ? "" : answer.location().replaceFirst(".*/Consent/([^/]+).*", "$1");
    }

    @Override
    public void settle(Searches officer) throws IOException, InterruptedException {
        rule = "";
        for (var entry : officer.search(Policies.ALL).path("entry")) {
            var id = entry.path("resource").path("id").asText();
            if (!id.startsWith("policy-")) {
                rule = id;
            }
        }
    }

    @Override
    public List<Way> ways() {
        return ways;
    }
}

package org.accordhie.benchmark.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.accordhie.benchmark.records.Corpus;
import org.accordhie.benchmark.records.Ids;
import org.accordhie.benchmark.records.Item;
import org.accordhie.benchmark.server.FhirClient;
import org.accordhie.benchmark.server.Role;

/** Loads the records into a server over HTTP, and remembers under which ids it keeps them. */
public final class Loader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Corpus corpus;
    private final MixedConsents consents;

    public Loader(Corpus corpus, MixedConsents consents) {
        this.corpus = corpus;
        this.consents = consents;
    }

    /**
     * Loads everything.
     *
     * @param labels security labels that the resources are given before, by item; empty for a server that labels itself
     */
    public Ids load(FhirClient client, Map<Item, JsonNode> labels)
            throws IOException, InterruptedException, WrongAnswer {
        var ids = new Ids();
        for (int bundle = 0; bundle < corpus.size(); bundle++) {
            push(client, bundle, labels, ids);
        }
        for (var consent : consents.on(ids)) {
            say(client, consent);
        }
        return ids;
    }

    /** Loads one bundle. Those of organisations and practitioners come first; several others may be loaded at the same time. */
    public void push(FhirClient client, int bundle, Ids ids) throws IOException, InterruptedException, WrongAnswer {
        push(client, bundle, Map.of(), ids);
    }

    /** Writes a consent down, as an officer. */
    public static void say(FhirClient client, String consent) throws IOException, InterruptedException, WrongAnswer {
        var answer = client.write(Role.OFFICER, "POST", "Consent", consent);
        if (!answer.isRight()) {
            throw new WrongAnswer("a consent", answer);
        }
    }

    private void push(FhirClient client, int bundle, Map<Item, JsonNode> labels, Ids ids)
            throws IOException, InterruptedException, WrongAnswer {
        var answer = client.write(
                Role.WRITER, "POST", "", labels.isEmpty() ? corpus.text(bundle) : labelled(bundle, labels));
        if (!answer.isRight()) {
            throw new WrongAnswer("bundle " + bundle, answer);
        }
        var addresses = new ArrayList<String>();
        for (var entry : JSON.readTree(answer.body()).path("entry")) {
            var response = entry.path("response");
            if (!response.path("status").asText().startsWith("20")) {
                throw new WrongAnswer("an entry of bundle " + bundle, answer);
            }
            addresses.add(client.local(response.path("location").asText()));
        }
        ids.put(bundle, addresses);
    }

    private String labelled(int bundle, Map<Item, JsonNode> labels) {
        var tree = corpus.read(bundle);
        for (var item : corpus.in(bundle)) {
            var resource = tree.path("entry").path(item.entry()).path("resource");
            if (labels.containsKey(item) && resource instanceof ObjectNode own) {
                own.withObject("/meta").set("security", labels.get(item));
            }
        }
        return tree.toString();
    }

    /** The security labels that a server has put on what was loaded, read as its author. */
    public Map<Item, JsonNode> labelsOn(FhirClient client, Ids ids)
            throws IOException, InterruptedException, WrongAnswer {
        var byAddress = new HashMap<String, JsonNode>();
        var types = new HashSet<String>();
        for (int bundle = 0; bundle < corpus.size(); bundle++) {
            corpus.in(bundle).forEach(item -> types.add(item.type()));
        }
        for (var type : types) {
            readLabels(client, type + "?_count=500", byAddress);
        }
        var labels = new HashMap<Item, JsonNode>();
        for (int bundle = 0; bundle < corpus.size(); bundle++) {
            for (var item : corpus.in(bundle)) {
                var found = byAddress.get(ids.of(item));
                if (found != null) {
                    labels.put(item, found);
                }
            }
        }
        return labels;
    }

    private static void readLabels(FhirClient client, String search, Map<String, JsonNode> byAddress)
            throws IOException, InterruptedException, WrongAnswer {
        var next = search;
        while (!next.isEmpty()) {
            var answer = client.get(Role.WRITER, next);
            if (!answer.isRight()) {
                throw new WrongAnswer(search, answer);
            }
            for (var entry : JSON.readTree(answer.body()).path("entry")) {
                var resource = entry.path("resource");
                var labels = resource.path("meta").path("security");
                if (labels.isArray()) {
                    byAddress.put(
                            resource.path("resourceType").asText() + "/"
                                    + resource.path("id").asText(),
                            labels);
                }
            }
            next = answer.next().orElse("");
        }
    }
}

package org.accordhie.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.accordhie.worlds.Ask.Term;
import org.accordhie.worlds.Cast.Fate;
import org.accordhie.worlds.Cast.Thing;

/** Requests of every kind over every way in, those of HAPI's that an exchange should not have included. */
final class Grammar {

    private static final List<String> VERSIONS = List.of("1", "2", "3", "77");
    private static final List<String> MOMENTS = List.of("2020-01-01", "2024", "2099-01-01");

    /** Operations on one thing, a type, and the whole; some exist nowhere, and some only where HAPI's providers are. */
    private static final List<String> OF_ONE = List.of(
            "$meta",
            "$meta-add",
            "$expunge",
            "$validate",
            "$validate?mode=delete",
            "$diff",
            "$everything",
            "$export",
            "$summary",
            "$explain-access",
            "$residual",
            "$graphql?query=%7Bid%7D",
            "$patch");

    private static final List<String> OF_A_TYPE = List.of(
            "$meta",
            "$expunge",
            "$validate",
            "$match",
            "$export",
            "$lastn",
            "$everything",
            "$reindex",
            "$explain-access");
    private static final List<String> OF_ALL = List.of(
            "$meta",
            "$get-resource-counts",
            "$export",
            "$expunge",
            "$reindex",
            "$diff",
            "$graphql?query=%7Bid%7D",
            "$worklist",
            "metadata",
            "_history",
            "_search",
            "$export-poll-status?_jobId={{never-1}}");

    private final Cast cast;
    private final Values values;
    private final SearchGrammar searches;
    private final WriteGrammar writes;
    private final OperationGrammar bound;
    private final Random random;

    Grammar(Cast cast, List<String> identifiers, Random random) {
        this.cast = cast;
        this.random = random;
        this.values = new Values(cast, identifiers, random);
        this.searches = new SearchGrammar(cast, values, random);
        this.writes = new WriteGrammar(cast, values, random);
        this.bound = new OperationGrammar(cast, values, random);
    }

    Ask next() {
        return switch (random.nextInt(21)) {
            case 0, 1, 2 -> one().headers(conditions());
            case 3 -> history();
            case 4 -> everything();
            case 5 -> operation(half() ? "GET" : "POST");
            case 20 -> bound.next();
            case 6, 7, 8 -> writes.single();
            case 9 -> writes.conditional();
            case 10, 11 -> writes.bundle(this::entry);
            default -> searches.next().headers(searches.headers());
        };
    }

    /** A request that changes nothing. */
    Ask reading() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> one();
            case 2 -> history();
            case 3 -> everything();
            case 4 -> operation("GET");
            case 5 -> Ask.of("batch", "POST", "").bundle("batch", List.of(entry(oneOrMany()), entry(one())));
            default -> searches.next();
        };
    }

    /** A request that changes something, or tries to. */
    Ask writing() {
        return switch (random.nextInt(6)) {
            case 0 -> writes.conditional();
            case 1 -> writes.bundle(this::entry);
            case 2 -> operation("POST");
            default -> writes.single();
        };
    }

    private Ask one() {
        var thing = half() ? cast.any(Fate.HIDDEN, random) : cast.any(random);
        var ask = switch (random.nextInt(6)) {
            case 0 -> Ask.of("vread", "GET", thing.address() + "/_history/" + values.pick(VERSIONS));
            case 1 -> Ask.of("HEAD", "HEAD", thing.address());
            case 2 -> Ask.of("read as another type", "GET", otherType(thing));
            default -> Ask.of("read", "GET", thing.address());
        };
        return switch (random.nextInt(5)) {
            case 0 ->
                ask.query(List.of(new Term("_summary", values.pick(List.of("true", "text", "data")), "_summary")));
            case 1 -> ask.query(List.of(new Term("_elements", "id,code", "_elements")));
            case 2 ->
                half()
                        ? ask
                        : ask.query(List.of(new Term(
                                "_narrative", values.pick(List.of("normal", "only", "suppress")), "_narrative")));
            default -> ask;
        };
    }

    private String otherType(Thing thing) {
        return values.pick(Cast.TYPES) + "/{{" + thing.name() + "}}";
    }

    private Map<String, String> conditions() {
        return switch (random.nextInt(10)) {
            case 0 -> Map.of("If-None-Match", "W/\"" + values.pick(VERSIONS) + "\"");
            case 1 -> Map.of("If-Modified-Since", "Wed, 21 Oct 2015 07:28:00 GMT");
            case 2 -> Map.of("If-Modified-Since", "Wed, 21 Oct 2099 07:28:00 GMT");
            case 3 -> Map.of("Accept", "application/fhir+xml");
            case 4 -> Map.of("Prefer", "return=minimal");
            case 5 -> Map.of(values.pick(List.of("X-HTTP-Method-Override", "X-Cascade")), "DELETE");
            default -> Map.of();
        };
    }

    private Ask history() {
        var thing = half() ? cast.any(Fate.HIDDEN, random) : cast.any(random);
        var ask = switch (random.nextInt(5)) {
            case 0 -> Ask.of("history of a type", "GET", thing.type() + "/_history");
            case 1 -> Ask.of("history of all", "GET", "_history");
            default -> Ask.of("history", "GET", thing.address() + "/_history");
        };
        return switch (random.nextInt(5)) {
            case 0 -> ask.query(List.of(new Term("_count", String.valueOf(1 + random.nextInt(2)), "_count")));
            case 1 -> ask.query(List.of(new Term("_since", values.pick(MOMENTS), "_since")));
            case 2 -> ask.query(List.of(new Term("_at", values.pick(MOMENTS), "_at")));
            case 3 -> ask.query(List.of(new Term("_offset", String.valueOf(random.nextInt(3)), "_offset")));
            default -> ask;
        };
    }

    private Ask everything() {
        var patient = cast.any(random.nextInt(5) == 0 ? values.pick(Cast.TYPES) : "Patient", random);
        var terms = new ArrayList<Term>();
        if (half()) {
            terms.add(new Term("_count", String.valueOf(1 + random.nextInt(5)), "_count"));
        }
        if (random.nextInt(4) == 0) {
            terms.add(new Term("_offset", String.valueOf(random.nextInt(6)), "_offset"));
        }
        if (random.nextInt(4) == 0) {
            terms.add(new Term("_type", values.pick(Cast.TYPES) + "," + values.pick(Cast.TYPES), "_type"));
        }
        if (random.nextInt(4) == 0) {
            terms.add(new Term("_since", values.pick(MOMENTS), "_since"));
        }
        if (random.nextInt(4) == 0) {
            terms.add(new Term("start", values.pick(MOMENTS), "start"));
        }
        return Ask.of("$everything", "GET", patient.address() + "/$everything").query(terms);
    }

    private Ask operation(String method) {
        var thing = half() ? cast.any(Fate.HIDDEN, random) : cast.any(random);
        var of = random.nextInt(3);
        var name = values.pick(of == 0 ? OF_ONE : of == 1 ? OF_A_TYPE : OF_ALL);
        var path = of == 0 ? thing.address() + "/" + name : of == 1 ? thing.type() + "/" + name : name;
        var ask =
                Ask.of(name.split("\\?", 2)[0] + " of " + (of == 0 ? "one" : of == 1 ? "a type" : "all"), method, path);
        return method.equals("GET") ? ask : ask.body("{\"resourceType\":\"Parameters\"}");
    }

    /** A reading entry of a bundle. */
    private String entry() {
        return entry(half() ? searches.next() : half() ? one() : history());
    }

    private Ask oneOrMany() {
        return half() ? searches.next().sorted() : history();
    }

    private static String entry(Ask ask) {
        return "{\"request\":{\"method\":\"GET\",\"url\":\"%s\"}}".formatted(ask.address());
    }

    private boolean half() {
        return random.nextBoolean();
    }
}

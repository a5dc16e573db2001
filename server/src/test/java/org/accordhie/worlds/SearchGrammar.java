package org.accordhie.worlds;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.accordhie.worlds.Ask.Term;

/** Searches of every kind. */
final class SearchGrammar {

    private static final List<String> MODES = List.of("none", "accurate", "estimate");
    private static final List<String> SUMMARIES = List.of("true", "false", "text", "data", "count");
    private static final List<String> ELEMENTS =
            List.of("id", "code", "subject,code", "name", "meta", "status,encounter");
    private static final int MOST_CRITERIA = 3;
    private static final int FEW = 4;

    private final Cast cast;
    private final Values values;
    private final Random random;

    SearchGrammar(Cast cast, Values values, Random random) {
        this.cast = cast;
        this.values = values;
        this.random = random;
    }

    Ask next() {
        var type = random.nextInt(3) == 0 ? values.pick(Cast.TYPES) : values.pick(Cast.TYPES.subList(0, FEW));
        var terms = new ArrayList<Term>();
        for (int count = random.nextInt(MOST_CRITERIA); count >= 0; count--) {
            terms.add(criterion(type));
        }
        for (int count = random.nextInt(MOST_CRITERIA); count > 0; count--) {
            terms.add(result(type));
        }
        return switch (random.nextInt(12)) {
            case 0 -> Ask.of("search by POST", "POST", type + "/_search").query(terms);
            case 1 -> {
                var patient = cast.any("Patient", random);
                yield Ask.of("compartment search", "GET", patient.address() + "/" + type)
                        .query(terms);
            }
            case 2 -> Ask.of("system search", "GET", "").query(terms);
            case 3 -> Ask.of("search by HEAD", "HEAD", type).query(terms);
            default -> Ask.of("search", "GET", type).query(terms);
        };
    }

    private Term criterion(String type) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> term("_has", values.reverse(type));
            case 2, 3 -> term("chain", values.chain(type));
            case 4 -> new Term("_id", "{{" + cast.any(type, random).name() + "}}", "_id");
            case 5 -> meta();
            case 6 -> identifier();
            default -> {
                var parameter = values.parameter(type);
                var criterion = values.criterion(parameter);
                var missing = criterion.get(0).endsWith(":missing") ? ":missing" : "";
                yield term(parameter.getParamType().getCode() + missing, criterion);
            }
        };
    }

    private Term identifier() {
        return new Term("identifier", values.identifier(), "identifier");
    }

    private Term meta() {
        return switch (random.nextInt(6)) {
            case 0 ->
                new Term("_lastUpdated", values.pick(List.of("gt2020-01-01", "lt2020-01-01", "2026")), "_lastUpdated");
            case 1 -> new Term("_security", values.pick(List.of("ETH", "R", "N")), "_security");
            case 2 -> new Term("_tag", "x", "_tag");
            case 3 ->
                new Term("_source", values.pick(List.of(Story.HOSPITAL, "Organization/lakeside-hospital")), "_source");
            case 4 -> new Term("_filter", "code eq " + values.pick(Story.DIAGNOSES), "_filter");
            default -> new Term("_profile", "urn:worlds:none", "_profile");
        };
    }

    /** What is to be told of what is found, and how. */
    private Term result(String type) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Term("_count", String.valueOf(random.nextInt(FEW)), "_count");
            case 2 -> new Term("_offset", String.valueOf(random.nextInt(FEW)), "_offset");
            case 3 -> new Term("_total", values.pick(MODES), "_total");
            case 4 -> new Term("_summary", values.pick(SUMMARIES), "_summary");
            case 5 -> new Term("_elements", values.pick(ELEMENTS), "_elements");
            case 6, 7 -> sort(type);
            case 8, 9 -> include(type);
            case 10 -> reverseInclude();
            default ->
                values.pick(List.of(
                        new Term("_pretty", "true", "_pretty"),
                        new Term("_format", "xml", "_format"),
                        new Term("_format", "json", "_format"),
                        new Term("_contained", "both", "_contained"),
                        new Term("_query", "x", "_query"),
                        new Term("_text", "Moss", "_text"),
                        new Term("_content", "Moss", "_content")));
        };
    }

    private Term sort(String type) {
        var direction = random.nextBoolean() ? "-" : "";
        return switch (random.nextInt(5)) {
            case 0 -> new Term("_sort", direction + values.reference(type).getName() + ".family", "chained _sort");
            case 1 -> new Term("_sort", direction + "_lastUpdated", "_sort");
            case 2 -> new Term("_sort", direction + sortable(type) + ",_lastUpdated", "_sort");
            default -> new Term("_sort", direction + sortable(type), "_sort");
        };
    }

    /** Not `_id`: each world gives its own. */
    private String sortable(String type) {
        var name = values.parameter(type).getName();
        return name.equals("_id") ? "_lastUpdated" : name;
    }

    private Term include(String type) {
        var iterate = random.nextInt(FEW) == 0 ? ":iterate" : "";
        return switch (random.nextInt(5)) {
            case 0 -> new Term("_include", "*", "_include");
            case 1 -> new Term("_include" + iterate, type + ":*", "_include");
            default ->
                new Term(
                        "_include" + iterate,
                        type + ":" + values.reference(type).getName(),
                        "_include");
        };
    }

    private Term reverseInclude() {
        var from = values.pick(Cast.TYPES.subList(1, Cast.TYPES.size()));
        var iterate = random.nextInt(FEW) == 0 ? ":iterate" : "";
        return new Term(
                "_revinclude" + iterate, from + ":" + values.reference(from).getName(), "_revinclude");
    }

    private static Term term(String kind, List<String> criterion) {
        return new Term(criterion.get(0), criterion.get(1), kind);
    }

    /** How an answer is asked for. */
    Map<String, String> headers() {
        return switch (random.nextInt(16)) {
            case 0 -> Map.of("Accept", "application/fhir+xml");
            case 1 -> Map.of("Accept", "text/html,application/xhtml+xml");
            case 2 -> Map.of("Accept", "application/fhir+json;fhirVersion=4.0");
            case 3 -> Map.of("Cache-Control", "no-cache");
            case 4 -> Map.of("Prefer", "handling=lenient");
            case 5 -> Map.of("Prefer", "respond-async");
            case 6 -> Map.of("Accept-Language", "de");
            case 7 -> Map.of("X-HTTP-Method-Override", "DELETE");
            default -> Map.of();
        };
    }
}

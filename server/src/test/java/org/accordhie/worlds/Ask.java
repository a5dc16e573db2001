package org.accordhie.worlds;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request. Where an id of the world belongs, it holds a name in double braces.
 *
 * @param route the way in, in a word or two
 * @param method of HTTP
 * @param path below the FHIR base, without parameters
 * @param query the parameters in order
 * @param headers beside those of the reader
 * @param parts what the body is made of: one resource, or the entries of a bundle
 * @param bundle the bundle's type; empty where the body is a resource or a form
 */
record Ask(
        String route,
        String method,
        String path,
        List<Term> query,
        Map<String, String> headers,
        List<String> parts,
        String bundle) {

    /** The route of a page that a link leads to. */
    static final String PAGE = "page";

    /**
     * A parameter.
     *
     * @param name with its modifier or chain
     * @param value not encoded
     * @param kind what kind of parameter it is, for telling leaks apart; empty where it only keeps the answer in order
     */
    record Term(String name, String value, String kind) {

        String encoded() {
            return encode(name) + "=" + encode(value);
        }

        /** Names in braces stay, since they are filled in later. */
        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8)
                    .replace("%7B%7B", "{{")
                    .replace("%7D%7D", "}}")
                    .replace("%3A", ":");
        }
    }

    Ask {
        query = List.copyOf(query);
        headers = Map.copyOf(headers);
        parts = List.copyOf(parts);
    }

    static Ask of(String route, String method, String path) {
        return new Ask(route, method, path, List.of(), Map.of(), List.of(), "");
    }

    Ask query(List<Term> terms) {
        return new Ask(route, method, path, terms, headers, parts, bundle);
    }

    Ask headers(Map<String, String> some) {
        return new Ask(route, method, path, query, some, parts, bundle);
    }

    Ask body(String resource) {
        return new Ask(route, method, path, query, headers, List.of(resource), "");
    }

    Ask bundle(String type, List<String> entries) {
        return new Ask(route, method, path, query, headers, entries, type);
    }

    /** The same with an order, unless it asks for one. */
    Ask sorted() {
        if (query.stream().anyMatch(term -> term.name().equals("_sort"))) {
            return this;
        }
        var terms = new ArrayList<>(query);
        terms.add(new Term("_sort", "_lastUpdated", ""));
        return query(terms);
    }

    boolean isForm() {
        return route.equals("search by POST");
    }

    /** Where it is sent, below the base. */
    String address() {
        return query.isEmpty() || isForm() ? path : path + "?" + terms();
    }

    private String terms() {
        return query.stream().map(Term::encoded).collect(Collectors.joining("&"));
    }

    /** What is sent; empty where nothing is. */
    String content() {
        if (isForm()) {
            return terms();
        }
        if (bundle.isEmpty()) {
            return String.join("", parts);
        }
        return "{\"resourceType\":\"Bundle\",\"type\":\"" + bundle + "\",\"entry\":[" + String.join(",", parts) + "]}";
    }

    /** The kind of way that it is: equal for requests that would find the same leak. */
    String kind() {
        var kinds = query.stream()
                .map(Term::kind)
                .filter(kind -> !kind.isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" + "));
        var conditions = headers.keySet().stream()
                .filter(name -> name.startsWith("If-"))
                .sorted()
                .collect(Collectors.joining(" + "));
        var way = route.startsWith("search by") ? "search" : route;
        return way + (kinds.isEmpty() ? "" : " by " + kinds) + (conditions.isEmpty() ? "" : " with " + conditions);
    }

    /** The request with one thing less, in every way. */
    List<Ask> smaller() {
        var smaller = new ArrayList<Ask>();
        for (int index = 0; index < query.size(); index++) {
            if (!query.get(index).kind().isEmpty()) {
                smaller.add(query(without(query, index)));
            }
        }
        for (var name : headers.keySet()) {
            var fewer = new java.util.HashMap<>(headers);
            fewer.remove(name);
            smaller.add(headers(fewer));
        }
        for (int index = 0; !bundle.isEmpty() && parts.size() > 1 && index < parts.size(); index++) {
            smaller.add(bundle(bundle, without(parts, index)));
        }
        return smaller;
    }

    private static <T> List<T> without(List<T> all, int index) {
        var fewer = new ArrayList<>(all);
        fewer.remove(index);
        return fewer;
    }

    @Override
    public String toString() {
        return method + " " + address() + (headers.isEmpty() ? "" : " " + headers)
                + (content().isEmpty() ? "" : "\n" + content());
    }
}

package org.accordhie.exchange;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A way to ask for one resource, or to do something to it.
 *
 * @param name the way's own
 * @param asking sends the request about an address, as {@code [type]/[id]}
 */
record Way(String name, BiFunction<Caller, String, Response> asking) {

    @Override
    public String toString() {
        return name;
    }

    /** All ways that there are, open and closed. */
    static Stream<Way> every() {
        return Stream.of(reads(), headers(), searches(), writes(), conditions(), bundles())
                .flatMap(ways -> ways);
    }

    /** All of an answer that could tell two resources apart, with their own id, times and random ids left out. */
    String told(Caller caller, String address) {
        var answer = asking.apply(caller, address);
        var headers = new TreeMap<String, String>();
        answer.headers().forEach(header -> headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue()));
        headers.remove("date");
        headers.remove("x-request-id");
        // Of a searchset it is the time of the search; that it is there at all would tell.
        headers.computeIfPresent("last-modified", (name, value) -> "[now]");
        return (answer.statusCode() + "\n" + headers + "\n" + answer.asString())
                .replace(idOf(address), "[id]")
                .replaceAll("Bundle/[0-9a-f-]{36}", "Bundle/[random]")
                .replaceAll("\"id\":\"[0-9a-f-]{36}\"", "\"id\":\"[random]\"")
                .replaceAll("<id value=\"[0-9a-f-]{36}\"", "<id value=\"[random]\"")
                .replaceAll("\"lastUpdated\":\"[^\"]*\"", "\"lastUpdated\":\"[now]\"")
                .replaceAll("<lastUpdated value=\"[^\"]*\"", "<lastUpdated value=\"[now]\"");
    }

    private static Way get(String name, Function<String, String> path) {
        return new Way(name, (caller, address) -> caller.get(path.apply(address)));
    }

    private static Stream<Way> reads() {
        return Stream.of(
                get("read", address -> address),
                get("read of elements", address -> address + "?_elements=id"),
                get("read of a summary", address -> address + "?_summary=true"),
                get("read of the text", address -> address + "?_summary=text"),
                get("read of the count", address -> address + "?_summary=count"),
                get("read in XML", address -> address + "?_format=xml"),
                get("read in no format", address -> address + "?_format=ttl"),
                get("vread", address -> address + "/_history/1"),
                get("vread of elements", address -> address + "/_history/1?_elements=id"),
                get("vread of a version that is not", address -> address + "/_history/77"),
                get("history", address -> address + "/_history"),
                get("history of a count", address -> address + "/_history?_count=1"),
                get("history since", address -> address + "/_history?_since=2020-01-01T00:00:00Z"),
                get("history at", address -> address + "/_history?_at=ge2020"),
                get("history of a page", address -> address + "/_history?_count=1&_offset=1"),
                get("history of a summary", address -> address + "/_history?_summary=count"),
                get("everything", address -> address + "/$everything"),
                get("everything of a type", address -> address + "/$everything?_type=Condition"),
                get("everything of some days", address -> address + "/$everything?start=2020-01-01&end=2030"),
                get("explain", address -> address + "/$explain"),
                get("explain-access", address -> address + "/$explain-access"),
                get("accounting", address -> address + "/$accounting"),
                get("access report", address -> address + "/$access-report?_format=html"),
                get("residual", address -> address + "/$residual"),
                get("enforcement status", address -> address + "/$enforcement-status"),
                get("labels", address -> address + "/$meta"),
                get("compartment search", address -> address + "/Condition"),
                get("compartment search with includes", address -> address + "/Observation?_include=*"),
                get("compartment count", address -> address + "/Encounter?_summary=count"),
                new Way(
                        "posted compartment search",
                        (caller, address) -> caller.given()
                                .contentType("application/x-www-form-urlencoded")
                                .body("_count=5")
                                .post(caller.base() + "/" + address + "/Condition/_search")),
                get("compartment search of all types", address -> address + "/*"));
    }

    private static Stream<Way> headers() {
        return Stream.of(
                head("head", ""),
                head("head of a version", "/_history/1"),
                head("head of the history", "/_history"),
                with("read if changed", "If-None-Match", "W/\"1\"", RequestSpecification::get),
                with("read if changed from a later version", "If-None-Match", "W/\"7\"", RequestSpecification::get),
                with(
                        "read if modified since",
                        "If-Modified-Since",
                        "Sat, 01 Jan 2028 00:00:00 GMT",
                        RequestSpecification::get),
                with("read in HTML", "Accept", "text/html", RequestSpecification::get),
                with("delete if match", "If-Match", "W/\"1\"", RequestSpecification::delete),
                with("delete with all that refers", "X-Cascade", "delete", RequestSpecification::delete));
    }

    private static Way head(String name, String suffix) {
        return new Way(name, (caller, address) -> caller.given().head(caller.base() + "/" + address + suffix));
    }

    private static Way with(
            String name, String header, String value, BiFunction<RequestSpecification, String, Response> method) {
        return new Way(
                name,
                (caller, address) -> method.apply(caller.given().header(header, value), caller.base() + "/" + address));
    }

    private static Stream<Way> searches() {
        return Stream.of(
                get("search by id", address -> typeOf(address) + "?_id=" + idOf(address)),
                get("search of elements", address -> typeOf(address) + "?_elements=id&_id=" + idOf(address)),
                get("count by id", address -> typeOf(address) + "?_summary=count&_id=" + idOf(address)),
                get("count of no entries", address -> typeOf(address) + "?_count=0&_id=" + idOf(address)),
                get("history of the type, counted", address -> typeOf(address) + "/_history?_summary=count"),
                new Way(
                        "head of a search",
                        (caller, address) ->
                                caller.given().head(caller.base() + "/" + typeOf(address) + "?_id=" + idOf(address))),
                get("search by reference", address -> "Provenance?target=" + address),
                get("search by subject", address -> "Condition?subject=" + address),
                get("search with includes", address -> "Condition?_include=*&_revinclude=*&subject=" + address),
                get(
                        "search by what is contained",
                        address -> typeOf(address) + "?_contained=true&_id=" + idOf(address)),
                get("_has by id", address -> "Patient?_has:Condition:subject:_id=" + idOf(address)),
                get("chain by id", address -> "Condition?subject._id=" + idOf(address)),
                new Way(
                        "posted search",
                        (caller, address) -> caller.given()
                                .contentType("application/x-www-form-urlencoded")
                                .body("_id=" + idOf(address))
                                .post(caller.base() + "/" + typeOf(address) + "/_search")));
    }

    private static Stream<Way> writes() {
        return Stream.of(
                new Way("put", (caller, address) -> caller.put(address, plain(address))),
                put("put if match of another version", "If-Match", "W/\"99\""),
                put("put if match of the version", "If-Match", "W/\"1\""),
                put("put returning a representation", "Prefer", "return=representation"),
                put("put returning little", "Prefer", "return=minimal"),
                put("put returning an outcome", "Prefer", "return=OperationOutcome"),
                put("put rewriting a version", "X-Rewrite-History", "true"),
                new Way("delete", Caller::delete),
                new Way(
                        "patch",
                        (caller, address) -> caller.given()
                                .contentType("application/json-patch+json")
                                .body("[{\"op\":\"test\",\"path\":\"/id\",\"value\":\"x\"}]")
                                .patch(caller.base() + "/" + address)),
                patch("patch by path", "application/fhir+json", """
                        {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
                         {"name":"type","valueCode":"delete"},{"name":"path","valueString":"[type].text"}]}]}"""),
                patch("patch that is none", "application/json-patch+json", "{}"),
                new Way("created reference", (caller, address) -> caller.post("Condition", """
                        {"resourceType":"Condition","subject":{"reference":"%s"}}""".formatted(address))),
                new Way(
                        "created reference in what is contained",
                        (caller, address) -> caller.post("Condition", """
                        {"resourceType":"Condition","subject":{"reference":"#p"},"contained":[{
                         "resourceType":"Observation","id":"p","status":"final","subject":{"reference":"%s"}}]}""".formatted(address))),
                new Way(
                        "created reference in an extension",
                        (caller, address) -> caller.post("Organization", """
                        {"resourceType":"Organization","name":"x","extension":[{"url":"urn:example:x",
                         "valueReference":{"reference":"%s"}}]}""".formatted(address))));
    }

    private static Way patch(String name, String contentType, String body) {
        return new Way(
                name,
                (caller, address) -> caller.given()
                        .contentType(contentType)
                        .header("If-Match", "W/\"1\"")
                        .body(body.replace("[type]", typeOf(address)))
                        .patch(caller.base() + "/" + address));
    }

    private static Way put(String name, String header, String value) {
        return new Way(
                name,
                (caller, address) -> caller.given()
                        .header(header, value)
                        .body(plain(address))
                        .put(caller.base() + "/" + address));
    }

    private static Stream<Way> conditions() {
        return Stream.of(
                new Way(
                        "conditional update",
                        (caller, address) -> caller.put(typeOf(address) + "?_id=" + idOf(address), plain(address))),
                new Way(
                        "conditional delete",
                        (caller, address) -> caller.delete(typeOf(address) + "?_id=" + idOf(address))),
                new Way(
                        "conditional patch",
                        (caller, address) -> caller.given()
                                .contentType("application/json-patch+json")
                                .body("[]")
                                .patch(caller.base() + "/" + typeOf(address) + "?_id=" + idOf(address))),
                new Way(
                        "conditional create",
                        (caller, address) -> caller.given()
                                .header("If-None-Exist", "_id=" + idOf(address))
                                .body("{\"resourceType\":\"" + typeOf(address) + "\"}")
                                .post(caller.base() + "/" + typeOf(address))));
    }

    private static Stream<Way> bundles() {
        return Stream.of(
                bundle("pushed reference", "transaction", """
                        {"fullUrl":"urn:uuid:5f6f2a3c-0000-4000-8000-000000000001","resource":{
                         "resourceType":"Condition","subject":{"reference":"[address]"}},
                         "request":{"method":"POST","url":"Condition"}}"""),
                bundle("pushed delete", "transaction", """
                        {"request":{"method":"DELETE","url":"[address]"}}"""),
                bundle("pushed conditional delete", "transaction", """
                        {"request":{"method":"DELETE","url":"[type]?_id=[id]"}}"""),
                bundle("pushed conditional update", "transaction", """
                        {"resource":{"resourceType":"[type]"},"request":{"method":"PUT","url":"[type]?_id=[id]"}}"""),
                bundle("pushed conditional create", "transaction", """
                        {"resource":{"resourceType":"[type]"},
                         "request":{"method":"POST","url":"[type]","ifNoneExist":"_id=[id]"}}"""),
                bundle("pushed patch", "transaction", """
                        {"resource":{"resourceType":"Binary","contentType":"application/json-patch+json","data":"W10="},
                         "request":{"method":"PATCH","url":"[address]"}}"""),
                bundle("read in a transaction", "transaction", """
                        {"request":{"method":"GET","url":"[address]"}}"""),
                bundle("batch", "batch", """
                        {"request":{"method":"GET","url":"[address]"}},
                        {"request":{"method":"GET","url":"[address]/_history"}},
                        {"request":{"method":"DELETE","url":"[address]"}}"""),
                bundle("batch of reads", "batch", """
                        {"request":{"method":"GET","url":"[address]","ifNoneMatch":"W/\\"1\\""}},
                        {"request":{"method":"GET","url":"[address]/_history/1"}},
                        {"request":{"method":"GET","url":"[address]/$everything"}},
                        {"request":{"method":"GET","url":"[address]/Condition"}},
                        {"request":{"method":"GET","url":"[type]?_id=[id]"}},
                        {"request":{"method":"GET","url":"Condition?subject=[address]&_summary=count"}}"""),
                bundle("batch of heads", "batch", """
                        {"request":{"method":"HEAD","url":"[address]"}}"""));
    }

    private static Way bundle(String name, String type, String entries) {
        return new Way(
                name,
                (caller, address) -> caller.post(
                        "",
                        "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":["
                                + entries.replace("[address]", address)
                                        .replace("[type]", typeOf(address))
                                        .replace("[id]", idOf(address))
                                + "]}"));
    }

    private static String plain(String address) {
        return """
                {"resourceType":"%s","id":"%s"}""".formatted(typeOf(address), idOf(address));
    }

    private static String typeOf(String address) {
        return address.split("/", 2)[0];
    }

    private static String idOf(String address) {
        return address.split("/", 2)[1];
    }
}

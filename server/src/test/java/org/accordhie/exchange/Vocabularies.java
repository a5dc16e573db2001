package org.accordhie.exchange;

import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Code systems and value sets as a privacy officer loads them, at addresses of their own in each test.
 *
 * @param name goes into the addresses
 */
record Vocabularies(String name) {

    static Vocabularies fresh() {
        return new Vocabularies(UUID.randomUUID().toString());
    }

    String system() {
        return "urn:codes:" + name;
    }

    /** Illnesses: {@code mental} is above {@code mood}, which is above {@code depression} and {@code mania}. */
    String illnesses() {
        return codeSystem("""
                {"code":"body"},
                {"code":"mental","concept":[
                  {"code":"mood","concept":[{"code":"depression"}]},
                  {"code":"mania","property":[{"code":"parent","valueCode":"mood"}]}]}""");
    }

    /** The same illnesses, but nobody knows any longer what a mood is. */
    String illnessesWithoutMoods() {
        return codeSystem("""
                {"code":"body"},{"code":"mental","concept":[{"code":"depression"},{"code":"mania"}]}""");
    }

    /** More codes than HAPI stores at once, all below {@code 0}. */
    String many(int codes) {
        return codeSystem("""
                {"code":"0","concept":[%s]}""".formatted(IntStream.range(1, codes)
                .mapToObj("{\"code\":\"%d\"}"::formatted)
                .collect(Collectors.joining(","))));
    }

    String codeSystem(String concepts) {
        return """
                {"resourceType":"CodeSystem","url":"%s","status":"active","content":"complete","hierarchyMeaning":"is-a",
                 "concept":[%s]}""".formatted(system(), concepts);
    }

    String valueSet(String kind) {
        return system() + ":" + kind;
    }

    /** What is at or below a code. */
    String within(String kind, String code) {
        return valueSetOf(kind, """
                {"system":"%s","filter":[{"property":"concept","op":"is-a","value":"%s"}]}""".formatted(system(), code));
    }

    /** What is in another value set. */
    String same(String kind, String other) {
        return valueSetOf(kind, """
                {"valueSet":["%s"]}""".formatted(valueSet(other)));
    }

    String valueSetOf(String kind, String include) {
        return """
                {"resourceType":"ValueSet","url":"%s","status":"active","compose":{"include":[%s]}}""".formatted(valueSet(kind), include);
    }

    static String withId(String resource, String id) {
        return resource.replaceFirst("\\{", "{\"id\":\"" + id + "\",");
    }

    static String retired(String resource) {
        return resource.replace("\"active\"", "\"retired\"");
    }
}

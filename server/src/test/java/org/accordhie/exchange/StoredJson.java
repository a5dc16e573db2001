package org.accordhie.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What stands in stored JSON, looked at without HAPI's search. */
final class StoredJson {

    private StoredJson() {}

    static boolean begins(String text, String value) {
        return text.toLowerCase(Locale.ROOT).startsWith(value.toLowerCase(Locale.ROOT));
    }

    /** The texts of an element, plain or repeating, of each of some. */
    static List<String> texts(JsonNode body, String each, String element) {
        var texts = new ArrayList<String>();
        body.at(each).forEach(one -> texts.addAll(allTexts(one.path(element))));
        return texts;
    }

    static List<String> allTexts(JsonNode node) {
        var texts = new ArrayList<String>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(part -> texts.addAll(allTexts(part)));
        return texts;
    }

    static List<String> codeTexts(JsonNode body) {
        var texts = new ArrayList<>(body.path("code").findValuesAsText("display"));
        texts.addAll(body.path("code").findValuesAsText("text"));
        return texts;
    }

    static Set<String> codes(JsonNode body, String element) {
        return Set.copyOf(body.path(element).findValuesAsText("code"));
    }
}

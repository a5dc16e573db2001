package org.accordhie.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A searchset.
 *
 * @param total its total; -1 where it has none
 * @param matches the addresses of what was found, in order
 * @param included the addresses of what came along
 * @param next the next page; empty on the last
 */
record Found(int total, List<String> matches, List<String> included, String next) {

    static Found in(JsonNode bundle) {
        var matches = new ArrayList<String>();
        var included = new ArrayList<String>();
        for (var entry : bundle.path("entry")) {
            var resource = entry.path("resource");
            var address = resource.path("resourceType").asText() + "/"
                    + resource.path("id").asText();
            (entry.path("search").path("mode").asText().equals("include") ? included : matches).add(address);
        }
        var next = "";
        for (var link : bundle.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                next = link.path("url").asText();
            }
        }
        return new Found(bundle.path("total").asInt(-1), matches, included, next);
    }
}

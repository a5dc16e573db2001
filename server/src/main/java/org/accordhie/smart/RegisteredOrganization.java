package org.accordhie.smart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An organisation as a privacy officer has written it.
 *
 * @param address {@code Organization/[id]}
 * @param active whether its clients are served at all
 * @param partOf the organisation above it, as {@code Organization/[id]}; null where there is none
 * @param clients its clients
 */
public record RegisteredOrganization(
        String address, boolean active, @Nullable String partOf, List<ClientGrant> clients) {

    public RegisteredOrganization {
        clients = List.copyOf(clients);
    }
}

package org.accordhie.export;

import java.util.Collection;
import java.util.List;
import org.accordhie.smart.AccessGrant;
import org.accordhie.smart.GrantedScopes;
import org.accordhie.smart.ScopeContext;
import org.accordhie.smart.ScopeDemand;

/**
 * Who may have data exported: systems, by {@code system/} scopes to read and search. Source: Bulk Data Access 2.0.0, "Scopes",
 * and SMART Backend Services.
 */
public final class ExportRight {

    private static final String OPERATION = "$export";

    private ExportRight() {}

    /**
     * Whether the token is that of a system and nothing else. One of a user or a patient, one in an emergency, which is about one
     * patient, and one that itself forbids something, which may end before the job does, are for other requests.
     */
    public static boolean isGivenBy(AccessGrant grant) {
        return grant.scopes().areOnly(ScopeContext.SYSTEM)
                && grant.requester().user() == null
                && grant.requester().patient() == null
                && grant.launch().patient() == null
                && grant.breakGlass() == null
                && grant.residual() == null;
    }

    /** The types to export: those that the request names, or else those that it can be about and the scopes grant. */
    public static List<String> types(ExportRequest request, GrantedScopes scopes, Collection<String> served) {
        return request.types().isEmpty()
                ? served.stream()
                        .filter(request.level()::offers)
                        .filter(type -> grants(scopes, type))
                        .sorted()
                        .toList()
                : request.types().stream().sorted().toList();
    }

    private static boolean grants(GrantedScopes scopes, String type) {
        return ScopeDemand.operation(OPERATION, type).filter(scopes::permits).isPresent();
    }
}

package org.accordhie.export;

import java.util.List;
import org.accordhie.smart.AccessGrant;

/**
 * A job to be carried out.
 *
 * @param grant of whoever asked: what is listed is released to it
 * @param address of the kick-off, in full
 * @param request what it asks for
 * @param types the types to list
 * @param members of the Group, as {@code Patient/[id]}; empty at other levels
 */
public record NewExport(
        AccessGrant grant, String address, ExportRequest request, List<String> types, List<String> members) {

    public NewExport {
        types = List.copyOf(types);
        members = List.copyOf(members);
    }
}

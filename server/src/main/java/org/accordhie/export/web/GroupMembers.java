package org.accordhie.export.web;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import java.util.List;
import org.accordhie.consent.ReleasedViews;
import org.accordhie.export.jpa.ReleasedRows;
import org.accordhie.fhirserver.RequestLine;
import org.accordhie.fhirserver.RequestedInteraction;
import org.accordhie.fhirserver.ToldResources;
import org.accordhie.smart.AccessGrant;
import org.accordhie.vocabulary.Interaction;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupMemberComponent;
import org.hl7.fhir.r4.model.IdType;

/** The patients in a Group, as far as the requester may know of them. */
final class GroupMembers {

    private final RequestLine line;
    private final DaoRegistry daos;
    private final ReleasedViews views;
    private final ReleasedRows rows;
    private final String base;

    GroupMembers(RequestLine line, DaoRegistry daos, ReleasedViews views, ReleasedRows rows, String base) {
        this.line = line;
        this.daos = daos;
        this.views = views;
        this.rows = rows;
        this.base = base;
    }

    /** Reads the Group as any read does. Those who have left it, and members that are no patients, are not counted. */
    List<String> of(IIdType id, AccessGrant grant, RequestedInteraction asked) {
        IFhirResourceDao<Group> dao = daos.getResourceDao(Group.class);
        var read = new RequestedInteraction(Interaction.READ, "Group", id.getIdPart(), false, asked.details());
        var group =
                line.read(read, () -> dao.read(id.toUnqualifiedVersionless(), asked.details()), ToldResources.alone());
        var named = group.getMember().stream()
                .filter(member -> !member.getInactive())
                .map(GroupMemberComponent::getEntity)
                .filter(entity -> entity.hasReference())
                .map(entity -> new IdType(entity.getReference()))
                .filter(member -> "Patient".equals(member.getResourceType())
                        && (!member.isAbsolute() || base.equals(member.getBaseUrl())))
                .map(member -> "Patient/" + member.getIdPart())
                .distinct()
                .toList();
        return views.look(grant, List.of("rs"), () -> rows.visible(named));
    }
}

package org.accordhie.directory;

import org.accordhie.vocabulary.TimeSpan;

/**
 * Somebody's place in a care team, or the role that somebody holds.
 *
 * @param member who, as {@code [type]/[id]}
 * @param memberOf the team or role, as {@code CareTeam/[id]} or {@code PractitionerRole/[id]}
 * @param period when
 */
public record Membership(String member, String memberOf, TimeSpan period) {}

/**
 * What the one-command run adds: embedded PostgreSQL, an authorization server for development, and its six clients.
 *
 * <p>Imported by nobody. Production mode gets none of it: a server that guards real records names its database and its
 * issuer, and is refused a start without them.
 */
@NullMarked
package org.accordhie.local;

import org.jspecify.annotations.NullMarked;

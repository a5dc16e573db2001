/**
 * The exchange as its partners meet it: the whole application, its development authorization server and a real PostgreSQL,
 * asked over HTTP about the sample's people.
 *
 * <p>What an answer must hold is worked out from HAPI's own tables in {@link org.accordhie.exchange.Archive}, past every
 * view, index and decision of the exchange.
 */
@NullMarked
package org.accordhie.exchange;

import org.jspecify.annotations.NullMarked;

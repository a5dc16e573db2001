/** The routes of bulk export, and the job behind them, which HAPI's batch framework runs. */
@NullMarked
package org.accordhie.export.web;

import org.jspecify.annotations.NullMarked;

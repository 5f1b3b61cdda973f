/**
 * The command line: configuration, commands, progress, and what a run leaves in its folder. The
 * only room that may write to standard output.
 *
 * <p>May import: every other room.
 */
@NullMarked
package org.anabranch.spark.job;

import org.jspecify.annotations.NullMarked;

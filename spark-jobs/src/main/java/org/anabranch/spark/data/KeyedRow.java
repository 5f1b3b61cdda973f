package org.anabranch.spark.data;

import java.io.Serializable;

/**
 * A row on its way to where rows of the same key are.
 *
 * @param parsed a sample without its final identity, or a bad record
 * @param id the declared identity for people; empty if there is none
 */
record KeyedRow(Parsed parsed, String id) implements Serializable {}

package shop;

import java.sql.Connection;

/** What an application writes to stand between it and its database. */
public abstract class OwnDriver implements Connection {}

/** JDBC on real drivers, pools and databases. */
package dev.atalaya.it.sql;

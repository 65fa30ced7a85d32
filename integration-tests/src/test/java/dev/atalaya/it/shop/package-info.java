/** The demo shop, its findings and its report. */
package dev.atalaya.it.shop;

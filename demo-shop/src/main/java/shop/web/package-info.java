/** The JSON API, the pages, and how errors are answered. */
package shop.web;

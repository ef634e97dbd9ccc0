package dev.flashvsr.deploy.inspect.catalogue;

/** The languages of reports and questionnaires. */
public enum Language {
    EN,
    RU
}

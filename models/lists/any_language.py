"""Names that people type in a language that is not their own."""


def languages(env):
    """:return: list of codes of the languages: the user's, English, then all others"""
    installed = [code for code, _name in env["res.lang"].get_installed()]
    return list(dict.fromkeys([env.lang or "en_US", "en_US", *installed]))
